"""Rules of the ftr-site-config format, read as ours.

Enters: a folder of such files. Leaves: rule files, and a report of what could not be carried over. Look first
at `importer.py`.
"""
