"""Text as text: repaired, folded for matching, and measured alike in every script.

Enters: strings. Leaves: strings and numbers. Look first at `normalise.py`.
"""
