"""Who may act: logins, the posts they hold and for how long, and devices with keys. For the
administration's own people and machines; travellers have no account here."""
