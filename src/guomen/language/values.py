"""Says days, instants, numbers, growth and periods the way each language writes them."""

import decimal
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_name
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guomen.core.numerals import Growth, number_phrase
from guomen.core.time import parse_period
from guomen.language.tags import language, speaking

FSI, PDI = "\u2068", "\u2069"
"""First strong isolate and its end: what stands between keeps its own direction."""


def isolated(text: str, tag: str) -> str:
    """Keep a code or a signed number from being reordered in a right-to-left sentence."""
    return f"{FSI}{text}{PDI}" if language(tag).direction == "rtl" else text


def say_day(day: date, tag: str) -> str:
    """Say a day: "30 December 2023", "2023年12月30日"."""
    return format_date(day, "long", locale=language(tag).day_locale)


def say_instant(instant: datetime, zone: ZoneInfo, tag: str) -> str:
    """Say an instant in the jurisdiction's zone, with minutes."""
    local = instant.astimezone(zone)
    if tag.startswith("zh"):
        return f"{say_day(local.date(), tag)} {local:%H:%M}"
    return format_datetime(local, "d MMMM y, HH:mm", locale=language(tag).day_locale)


def say_zone(zone: ZoneInfo, at: datetime, tag: str) -> str:
    """Say a time zone with its offset on a day: "Eastern Standard Time (UTC-5)"."""
    name = get_timezone_name(zone, "long", locale=language(tag).day_locale, zone_variant="standard")
    offset = zone.utcoffset(at.astimezone(zone)) or timedelta()
    hours = offset.total_seconds() / 3600
    return f"{name} ({isolated(f'UTC{hours:+g}', tag)})"


def say_number(value: int, tag: str) -> str:
    """Say a whole number exactly, with the language's separators."""
    return format_decimal(value, locale=language(tag).number_locale)


def say_quantity(value: int, tag: str) -> str:
    """Say a count as people read it: "1.68亿", "168.2 million", "168,2 млн"."""
    if tag in ("zh-Hans", "en"):
        return number_phrase(value, tag)
    if tag == "zh-Hant":
        return number_phrase(value, "zh-Hans").replace("亿", "億").replace("万", "萬")
    return _compact(value, tag) if value >= 10**6 else say_number(value, tag)


def _compact(value: int, tag: str) -> str:
    with decimal.localcontext() as context:
        context.rounding = decimal.ROUND_HALF_UP
        return format_compact_decimal(value, locale=language(tag).number_locale, fraction_digits=1)


def say_percent(percent: Decimal, tag: str) -> str:
    """Say a change in percent with its sign: "+169.6%"."""
    number = format_decimal(
        abs(percent), "#,##0.0", locale=language(tag).number_locale, decimal_quantization=False
    )
    sign = "" if percent == 0 else "+" if percent > 0 else "\u2212"
    return isolated(f"{sign}{number}%", tag)


def say_growth(growth: Growth, tag: str) -> str:
    """Say growth over the same period of the year before, also without base or change."""
    with speaking(tag):
        if growth.percent is None:
            return gettext("no records for the same period of the year before")
        if growth.now == growth.base:
            return gettext("the same as in the same period of the year before")
        return gettext("%(percent)s on the same period of the year before") % {
            "percent": say_percent(growth.percent, tag)
        }


_PERIODS: Mapping[str, Promise] = {
    "H1": _("first half of %(year)s"),
    "H2": _("second half of %(year)s"),
    "Q1": _("first quarter of %(year)s"),
    "Q2": _("second quarter of %(year)s"),
    "Q3": _("third quarter of %(year)s"),
    "Q4": _("fourth quarter of %(year)s"),
    "": _("year %(year)s"),
}


def say_period(code: str, tag: str) -> str:
    """Say a period's code: "2023H1" is "first half of 2023"."""
    if re.fullmatch(r"\d{4}-\d\d", code, re.ASCII):
        return say_month(code, tag)
    parse_period(code)
    with speaking(tag):
        return str(_PERIODS[code[4:]]) % {"year": code[:4]}


def say_month(code: str, tag: str) -> str:
    """Say a month with its year: "June 2023"."""
    pattern = "y年M月" if tag.startswith("zh") else "LLLL y"
    return format_date(parse_period(code).start, pattern, locale=language(tag).day_locale)


def say_month_briefly(code: str, tag: str) -> str:
    """Say a month under a bar of a chart: "Jun", "6月"."""
    pattern = "M月" if tag.startswith("zh") else "M" if tag == "ar" else "LLL"
    return format_date(parse_period(code).start, pattern, locale=language(tag).day_locale)
