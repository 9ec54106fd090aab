"""What is wrong with rule files, and what looks wrong.

Enters: rule files, fixtures. Leaves: findings with file and line. Look first at `static_checks.py`.
"""
