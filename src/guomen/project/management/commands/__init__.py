"""The commands: thin callers of operations and queries, and the only ones who read the clock here."""
