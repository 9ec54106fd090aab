"""Worker processes: fed, watched, killed and replaced.

Enters: tasks. Leaves: one outcome for each, in order. Look first at `pool.py`.
"""
