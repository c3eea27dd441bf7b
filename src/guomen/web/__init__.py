"""Pages for people: the portal in seven languages, and the desks of the staff."""
