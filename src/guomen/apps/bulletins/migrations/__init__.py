"""Changes of this app's tables, in order."""
