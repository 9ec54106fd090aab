"""What a person has on disk, as documents.

Enters: paths. Leaves: `Document`s, and a `Problem` for each thing that is none. Look first at `listing.py`.
"""
