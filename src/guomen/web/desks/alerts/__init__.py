"""The alerts: what is in force and what waits, proposed and confirmed by two officers."""
