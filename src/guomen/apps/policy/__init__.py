"""Which rulebook decides: versions proposed by one officer and published by another, kept whole,
so that any decision can be made again years later with the very rules it was made by."""
