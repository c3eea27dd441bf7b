"""What a decision by the rulebook costs, beside the engines that PyPI offers and a hand-written one.

`measures` and `records` make the work; `handwritten` and `peers/` do it beside ours; `contest` times
them in rounds; `decisions` is one decision at a time. `__main__` prints the one line.
"""
