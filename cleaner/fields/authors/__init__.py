"""Who wrote a story: people, and the agencies it came from.

Enters: the facts of a page. Leaves: candidates, each with its source. Look first at the table of
`author_sources.py`; `person_names.py` tells a name from other words.
"""
