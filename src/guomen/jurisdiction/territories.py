"""Keeps the codes of states and nationalities in travel documents: ISO 3166-1 and ICAO Doc 9303."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel.core import get_global

_WITHDRAWN = frozenset(("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"))
_RESERVED = frozenset(("ASC", "CPT", "DGA", "QUU", "TAA", "XAA", "XBB", "XKK", "ZZZ"))
"""Codes of three letters that CLDR knows and ISO 3166-1 assigned to nobody."""

_LETTERS = 3

ICAO_CODES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("RKS", "UNK"), "XK"),
        "D": "DE",
        "EUE": "EU",
        "UNO": "UN",
        **dict.fromkeys(("GBD", "GBN", "GBO", "GBP", "GBS"), ""),
        **dict.fromkeys(("XXA", "XXB", "XXC", "XXX"), ""),
        **dict.fromkeys(("UNA", "XBA", "XCC", "XCE", "XCO", "XDC", "XEC", "XES"), ""),
        **dict.fromkeys(("XIM", "XMP", "XOM", "XPO", "UTO"), ""),
    }
)
"""The codes of ICAO Doc 9303-3, section 5, beside ISO's, each with CLDR's code if it has one."""


@cache
def territories() -> Mapping[str, str]:
    """Give every code of a state or nationality with CLDR's code for it ("" where it has none)."""
    aliases = get_global("territory_aliases")
    iso = {
        code: found[0]
        for code, found in sorted(aliases.items())
        if _is_iso(code) and len(found) == 1 and _is_assigned(found[0])
    }
    return MappingProxyType({**iso, **ICAO_CODES})


def _is_iso(code: str) -> bool:
    letters = len(code) == _LETTERS and code.isalpha()
    return letters and code not in _WITHDRAWN and code not in _RESERVED


def _is_assigned(two_letters: str) -> bool:
    # CLDR knows a currency of every code that ISO assigned, and of none that ISO leaves to users.
    return two_letters in get_global("territory_currencies")
