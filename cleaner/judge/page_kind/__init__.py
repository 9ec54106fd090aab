"""What a page is as a whole: an article, or which kind of page that is none.

Enters: a page and the judgement on its blocks. Leaves: status and reason. Look first at `classify.py`.
"""
