"""HTTP for machines: gates that clear people, and everybody who wants the figures."""
