"""Keeps the seven languages: tag, Django's code, own name, direction, and the locale of numbers."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from django.utils import translation


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the pages; `tag` is what stands in addresses and in `lang=`."""

    tag: str
    code: str
    own_name: str
    direction: str
    number_locale: str
    day_locale: str


_ROWS = (
    # Numbers of zh_Hant_HK come out as "697M" in CLDR's compact forms, so Taiwan's are taken.
    Language("zh-Hans", "zh-hans", "简体中文", "ltr", "zh_Hans_CN", "zh_Hans_CN"),
    Language("zh-Hant", "zh-hant", "繁體中文", "ltr", "zh_Hant_TW", "zh_Hant_HK"),
    Language("en", "en", "English", "ltr", "en_GB", "en_GB"),
    Language("ru", "ru", "Русский", "ltr", "ru_RU", "ru_RU"),
    Language("fr", "fr", "Français", "ltr", "fr_FR", "fr_FR"),
    Language("es", "es", "Español", "ltr", "es_ES", "es_ES"),
    # The Emirates write Latin digits, which is what documents carry.
    Language("ar", "ar", "العربية", "rtl", "ar_AE", "ar_AE"),
)
LANGUAGES: Mapping[str, Language] = MappingProxyType({one.tag: one for one in _ROWS})
FALLBACK = "en"

_BY_CODE = {one.code: one for one in _ROWS}
_NEXT = {"zh-Hant": ("zh-Hans", "en"), "zh-Hans": ("zh-Hant", "en")}


def language(tag: str) -> Language:
    """Give the language of a tag; one that we do not write falls back to English."""
    return LANGUAGES.get(tag, LANGUAGES[FALLBACK])


def active() -> Language:
    """Give the language that is active for this reader."""
    return _BY_CODE.get(translation.get_language() or FALLBACK, LANGUAGES[FALLBACK])


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Make a language active for the length of a block."""
    with translation.override(language(tag).code):
        yield


def text_in(texts: Mapping[str, str], tag: str) -> tuple[str, str]:
    """Pick a text for a reader and tell which language it is in, so that a page can mark it.

    Readers of one Chinese script get the other before English; then whatever there is.
    """
    for wanted in (tag, *_NEXT.get(tag, (FALLBACK,))):
        if texts.get(wanted):
            return texts[wanted], wanted
    return next(((text, found) for found, text in texts.items()), ("", tag))


def best_tag(accept_language: str, default: str) -> str:
    """Choose the language for an `Accept-Language` header."""
    for wish in _wishes(accept_language):
        tag = _tag_for(wish)
        if tag is not None:
            return tag
    return default


def _wishes(header: str) -> Iterable[str]:
    weighed = []
    for order, part in enumerate(header.split(",")):
        name, _, parameters = part.strip().partition(";")
        weighed.append((-_weight(parameters), order, name.strip().lower()))
    return [name for weight, _, name in sorted(weighed) if weight < 0]


def _weight(parameters: str) -> float:
    try:
        return float(parameters.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0


_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def _tag_for(wish: str) -> str | None:
    if wish.startswith(_TRADITIONAL):
        return "zh-Hant"
    first = wish.split("-")[0]
    if first == "zh":
        return "zh-Hans"
    return first if first in LANGUAGES else None
