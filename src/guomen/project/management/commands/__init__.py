"""The commands: thin callers of operations and queries, which hand the clock's time down."""
