"""What a run amounts to: counts, report, comparison with another run, coverage of the rules.

Enters: manifests and records. Leaves: figures and pages for people. Look first at `summary.py`.
"""
