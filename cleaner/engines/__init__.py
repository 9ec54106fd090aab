"""Thin adapters to the engines people already run; each needs the extra of its name.

    arrow      a picklable function on pyarrow.RecordBatch: what the others call (`cleaner[parquet]`)
    ray        a Ray dataset, by task functions (`cleaner[ray]`)
    datasets   a Hugging Face dataset (`cleaner[datasets]`)
    datatrove  a reader and a pipeline step (`cleaner[datatrove]`)
    spark      a data frame, through mapInArrow (`cleaner[spark]`)

Enters: their tables or documents. Leaves: the same with clean records. Nothing here is imported by the
package. None of these engines can end a page that hangs inside C; where that matters, `clean_many` or
`clean PATH` is the engine.
"""
