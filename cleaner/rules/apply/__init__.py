"""Rules asked about a page.

Enters: typed rules, a `Page`. Leaves: verdicts, the body's blocks, candidates for fields. Look first at
`outlet.py` and `generic.py`, which ask the same conditions (`conditions.py`).
"""
