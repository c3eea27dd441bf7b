"""The tags and filters of every template: texts with their language, values, and shared parts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guomen.language.sentences import say_code
from guomen.language.tags import active, language, text_in
from guomen.language.values import (
    isolated,
    say_day,
    say_instant,
    say_month,
    say_number,
    say_percent,
    say_period,
    say_quantity,
)
from guomen.web.components.chart import Chart
from guomen.web.components.fields import Asked

register = template.Library()


@register.filter
def said(texts: Mapping[str, str]) -> SafeString | str:
    """Show a text in the reader's language; one in another language is marked as such."""
    here = active()
    text, tag = text_in(texts, here.tag)
    return marked(text, tag)


@register.filter
def marked(text: str, tag: str) -> SafeString | str:
    """Mark a text with its language where that is not the page's own."""
    if tag == active().tag or not text:
        return text
    return format_html('<span lang="{}" dir="{}">{}</span>', tag, language(tag).direction, text)


@register.filter
def said_plainly(texts: Mapping[str, str]) -> str:
    """Give a text for a place that takes no markup, such as a title."""
    return text_in(texts, active().tag)[0]


@register.filter
def day(value: date | None) -> str:
    """Say a day."""
    return say_day(value, active().tag) if value else "\u2014"


@register.filter
def instant(value: datetime, zone: ZoneInfo) -> str:
    """Say an instant in a zone."""
    return say_instant(value, zone, active().tag)


@register.filter
def number(value: int) -> str:
    """Say a whole number exactly."""
    return say_number(value, active().tag)


@register.filter
def quantity(value: int) -> str:
    """Say a count as people read it."""
    return say_quantity(value, active().tag)


@register.filter
def percent(value: Any) -> str:
    """Say a change in percent, or a dash when there is no base."""
    return "\u2014" if value is None else say_percent(value, active().tag)


@register.filter
def period(code: str) -> str:
    """Say a period's code."""
    return say_period(code, active().tag)


@register.filter
def month(code: str) -> str:
    """Say a month's code."""
    return say_month(code, active().tag)


@register.filter
def word(code: str, family: str) -> str:
    """Say a code of one of the core's closed lists."""
    return say_code(family, code, active().tag)


@register.filter
def isolate(text: str) -> str:
    """Keep a code apart in right-to-left text."""
    return isolated(str(text), active().tag)


@register.inclusion_tag("components/field.html")
def field(asked: Asked) -> dict[str, object]:
    """Draw a question."""
    return {"asked": asked, "tag": active().tag}


@register.inclusion_tag("components/error_summary.html")
def error_summary(errors: Sequence[Asked]) -> dict[str, object]:
    """Draw the summary of what is wrong, with links to the places."""
    return {"errors": errors}


@register.inclusion_tag("components/chart.html")
def chart(layout: Chart, now: str, before: str, label: str) -> dict[str, object]:
    """Draw a bar chart."""
    return {"chart": layout, "now": now, "before": before, "label": label}
