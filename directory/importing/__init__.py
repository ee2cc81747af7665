"""Places read from open data: one format per file, one way of saving them.

``rows`` is what crosses between the two, ``files`` opens what may be broken, ``saving`` writes
in batches and ``report`` remembers what became of every row.
"""
