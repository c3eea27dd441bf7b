"""Says counted amounts with their units, durations and money, and lists of several."""

from collections.abc import Iterable, Mapping

from babel import Locale
from babel.numbers import format_currency
from babel.units import format_unit

from guomen.language.tags import language
from guomen.language.values import say_number

_UNITS: Mapping[str, str] = {
    "hours": "duration-hour",
    "days": "duration-day",
    "months": "duration-month",
    "years": "duration-year",
}
"""The units of facts and effects as CLDR names them, which knows every language's plurals."""

_WORKING_DAYS: Mapping[str, Mapping[str, str]] = {
    "zh-Hans": {"other": "{0}个工作日"},
    "zh-Hant": {"other": "{0}個工作日"},
    "en": {"one": "{0} working day", "other": "{0} working days"},
    "ru": {
        "one": "{0} рабочий день",
        "few": "{0} рабочих дня",
        "other": "{0} рабочих дней",
    },
    "fr": {"one": "{0} jour ouvrable", "other": "{0} jours ouvrables"},
    "es": {"one": "{0} día hábil", "other": "{0} días hábiles"},
    "ar": {
        "one": "يوم عمل واحد",
        "two": "يوما عمل",
        "few": "{0} أيام عمل",
        "other": "{0} يوم عمل",
    },
}
"""CLDR has no working days; these are by its plural categories."""

_COMMAS = {"zh-Hans": "\u3001", "zh-Hant": "\u3001", "ar": "\u060c "}
_SEMICOLONS = {"zh-Hans": "\uff1b", "zh-Hant": "\uff1b", "ar": "\u061b "}
_CURRENCY_LETTERS = 3


def say_amount(value: int, unit: str | None, tag: str) -> str:
    """Say a whole number in its unit: "14 days", "7 working days", "CN¥15"."""
    if unit == "working_days":
        return _working_days(value, tag)
    known = _UNITS.get(unit or "", _UNITS.get(f"{unit}s"))
    if known is not None:
        return _duration(value, known, tag)
    return _money(value, unit, tag) if _is_currency(unit) else say_number(value, tag)


def _duration(value: int, unit: str, tag: str) -> str:
    locale = language(tag).number_locale
    said = format_unit(value, unit, length="long", locale=locale)
    # Where the long form says the same as the short one, Babel has the short one alone.
    return format_unit(value, unit, length="short", locale=locale) if unit in said else said


def _is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == _CURRENCY_LETTERS and unit.isupper()


def _money(value: int, currency: str | None, tag: str) -> str:
    locale = Locale.parse(language(tag).number_locale)
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(value, currency or "", pattern, locale, currency_digits=False)


def _working_days(value: int, tag: str) -> str:
    forms = _WORKING_DAYS.get(tag, _WORKING_DAYS["en"])
    category = Locale.parse(language(tag).number_locale).plural_form(value)
    return forms.get(category, forms["other"]).format(say_number(value, tag))


def say_several(said: Iterable[str], tag: str) -> str:
    """Join what was said with the language's separator."""
    return _COMMAS.get(tag, ", ").join(said)


def say_alternatives(said: Iterable[str], tag: str) -> str:
    """Join what holds commas itself with the language's stronger separator."""
    return _SEMICOLONS.get(tag, "; ").join(said)
