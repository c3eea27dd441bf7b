"""The desk at which measures are drafted, tried on cases, replayed over records, and proposed."""
