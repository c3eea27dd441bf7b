"""Guomen: concern → measure → service → record → figure, as software for any country."""
