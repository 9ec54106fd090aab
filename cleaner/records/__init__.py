"""What leaves the pipeline: the assembled article, and the forms it is written in.

Enters: a page, its judgement and its fields. Leaves: an `Article`, or a mapping ready for JSON. Look first at
`assemble.py`.
"""
