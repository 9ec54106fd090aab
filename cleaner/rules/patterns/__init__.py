"""The patterns of the rules: RE2, Unicode-aware, and asked as sets.

Enters: patterns as people write them. Leaves: matchers in linear time. Look first at `dialect.py`.
"""
