"""Says what is wrong between two measures, or within one, and what settles it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.policy.conflicts import Conflict
from guomen.language.sentences.filling import fill
from guomen.language.tags import text_in
from guomen.language.values import say_day

_KINDS: Mapping[str, Promise] = {
    "differ": _("%(first)s and %(second)s answer the same situation differently."),
    "never": _("%(first)s can never be met: its tests exclude one another."),
    "covered": _(
        "%(second)s says the same as %(first)s and applies only where that one applies already."
    ),
    "gap": _("Between %(first)s and %(second)s there are days, from %(day)s on, without a clause."),
}
_SETTLED: Mapping[str, Promise] = {
    "later": _("%(first)s goes before, because it is in force since a later day."),
    "special": _("%(first)s goes before, because it asks for more."),
    "": _(
        "Nothing settles it but the order of the identifiers: %(first)s goes before. Write into "
        "one of the two what tells it from the other."
    ),
}
_NAMED = _("\u201c%(measure)s\u201d, clause %(clause)s")

Titles = Mapping[str, Mapping[str, str]]
"""The titles of measures by their id, and in each language."""


def say_conflict(one: Conflict, titles: Titles, tag: str) -> tuple[str, ...]:
    """Say a conflict, and for two that answer differently what settles it."""
    facts = {
        "first": _named(one.first, titles, tag),
        "second": _named(one.second, titles, tag) if one.second else None,
        "day": say_day(one.on, tag),
    }
    said = (fill(_KINDS[one.kind], facts, tag),)
    return (*said, fill(_SETTLED[one.settled_by], facts, tag)) if one.kind == "differ" else said


def _named(name: str, titles: Titles, tag: str) -> str:
    measure, _space, clause = name.rpartition(" ")
    title = text_in(titles.get(measure, {}), tag)[0] or measure
    return fill(_NAMED, {"measure": title, "clause": clause}, tag)
