"""Many documents: inputs, engine, manifest, outputs, report, diff.

Enters: paths, or any iterable of pages. Leaves: records in order, a manifest with a line for every input,
a `Summary` whose counts agree. Look first at `run.py`; then `pool.py`, which keeps workers, and
`manifest.py`, which keeps the promise that nothing is lost.

    walk → readers → pool (work in each worker) → outputs, manifest → summary → report
"""
