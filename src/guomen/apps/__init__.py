"""The records and the acts on them: one Django app for each officer's subdomain."""
