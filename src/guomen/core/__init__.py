"""What is decided, counted, sealed and read, in pure Python: no framework, no store, no clock."""
