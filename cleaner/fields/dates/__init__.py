"""When a story was published, and when it was changed.

Enters: the facts of a page. Leaves: candidates, each with its source. Look first at the table of
`date_sources.py`.
"""
