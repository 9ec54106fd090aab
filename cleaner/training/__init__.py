"""Learned parameters: made here from a folder of annotated corpora, never needed at run time.

Enters: a folder of corpora (NAME/SPLIT/gold.jsonl with pages beside it). Leaves: the small table files that
`cleaner.judge` reads. Look first at `labels.py`: what is learned can be no better than these labels.
"""
