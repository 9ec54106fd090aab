"""When a story was published, and when it was changed.

Enters: the facts of a page. Leaves: candidates, each with its source. Look first at the table of
`date_sources.py`. `date_text.py` reads a date as written, by the shapes of `date_patterns.py`, the months of
`month_names.py` and the years of `calendars.py`.
"""
