"""Which blocks are the story: learned from annotated pages, for HTML pages and for text dumps.

Enters: a page's blocks, and what rules and shapes set aside already. Leaves: each block's log-odds that it
belongs to the body. Look first at `html_region.py` and `text_region.py`.
"""
