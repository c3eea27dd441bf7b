"""The codes of issuing states and nationalities, as they compare."""

_GERMANY = {"D": "DEU"}
"""Doc 9303-3 §5: Germany prints one letter; everything else compares three."""


def state_code(printed: str) -> str:
    """Give the code that compares: without fillers, and Germany's with three letters."""
    code = printed.rstrip("<")
    return _GERMANY.get(code, code)
