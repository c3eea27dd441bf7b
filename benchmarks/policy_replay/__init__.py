"""What a replay of a draft over recorded passages costs, beside DuckDB's own SQL for the same question.

`passages` makes the records, `drafts` says what is asked, `contestants` answer it, `contest` times
them in turns, `verdict` holds the times against the goals. `__main__` prints the one line.
"""
