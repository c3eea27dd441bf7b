"""Pages that need no login, under the tag of a language."""
