"""Where records go, and the journal that makes a run resumable.

Enters: the bytes of records. Leaves: files that are whole. Look first at `writers.py` and `manifest.py`.
"""
