"""What the administration publishes: figures counted from the ledger and from nothing else, the
bulletins they stand in, and the check of an article's figures against them. For press officers."""
