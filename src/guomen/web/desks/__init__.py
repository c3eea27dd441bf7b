"""Pages for the staff; each names the duty it needs in `access.py`."""
