"""Says the codes of states and nationalities in travel documents: CLDR's names, and ICAO's own."""

from collections.abc import Mapping

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.jurisdiction.territories import territories
from guomen.language.tags import language, speaking

_BRITISH = {
    "GBD": _("British overseas territories citizen"),
    "GBN": _("British national (overseas)"),
    "GBO": _("British overseas citizen"),
    "GBP": _("British protected person"),
    "GBS": _("British subject"),
}
_WITHOUT_NATIONALITY = {
    "XXA": _("stateless person"),
    "XXB": _("refugee under the convention of 1951"),
    "XXC": _("refugee on other grounds"),
    "XXX": _("nationality not specified"),
}
_ORGANISATIONS = {
    "UNA": _("United Nations specialized agency"),
    "XBA": _("African Development Bank"),
    "XCC": _("Caribbean Community"),
    "XCE": _("Council of Europe"),
    "XCO": _("Common Market for Eastern and Southern Africa"),
    "XDC": _("Southern African Development Community"),
    "XEC": _("Economic Community of West African States"),
    "XES": _("Organisation of Eastern Caribbean States"),
    "XIM": _("African Export-Import Bank"),
    "XMP": _("Parliamentary Assembly of the Mediterranean"),
    "XOM": _("Sovereign Military Order of Malta"),
    "XPO": _("Interpol"),
}
SPECIAL: Mapping[str, Promise] = {
    **_BRITISH,
    **_WITHOUT_NATIONALITY,
    **_ORGANISATIONS,
    "UTO": _("Utopia (specimen)"),
}
"""Codes of ICAO Doc 9303-3 that CLDR does not name."""


def say_territory(code: str, tag: str) -> str:
    """Say a code of ISO 3166-1 or ICAO Doc 9303: "France", "stateless person"."""
    if code in SPECIAL:
        with speaking(tag):
            return str(SPECIAL[code])
    names = Locale.parse(language(tag).day_locale).territories
    return str(names.get(territories().get(code, ""), code))
