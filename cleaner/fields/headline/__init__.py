"""What a story is called.

Enters: the facts of a page. Leaves: candidates, best first. Look first at the table of `headline_sources.py`.
"""
