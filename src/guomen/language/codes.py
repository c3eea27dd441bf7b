"""Says the codes that a pack declares, and tells in which language their names are."""

from collections.abc import Mapping

from guomen.language.tags import text_in
from guomen.language.territories import say_territory


def name_of(code: str, codes: Mapping[str, Mapping[str, str]], tag: str) -> tuple[str, str]:
    """Give a code's name and the language it is in; a code of an open list is its own name.

    A code that stands without names is a territory.
    """
    if code not in codes:
        return code, tag
    return text_in(codes[code], tag) if codes[code] else (say_territory(code, tag), tag)
