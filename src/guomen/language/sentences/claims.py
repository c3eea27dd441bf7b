"""Says why a claim of a text is confirmed, contradicted or unknown."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.claims import Reason
from guomen.language.sentences.filling import fill

SENTENCES: Mapping[Reason, Promise] = {
    Reason.VALUE_IN_INTERVAL: _("The record for %(period)s is %(recorded)s; the words allow it."),
    Reason.GROWTH_MATCHES: _(
        "From %(base_recorded)s to %(recorded)s is a change of %(change)s, as the words say."
    ),
    Reason.YEAR_ASSUMED: _("No year is printed; the record for %(year_assumed)s fits."),
    Reason.VALUE_OUTSIDE: _(
        "The record for %(period)s is %(recorded)s; the words say %(expected)s. Correct the value."
    ),
    Reason.GROWTH_DIFFERS: _(
        "From %(base_recorded)s to %(recorded)s is %(change)s, not %(expected)s. Correct the "
        "change."
    ),
    Reason.DIRECTION_REVERSED: _("The figure moved the other way: %(change)s. Correct the change."),
    Reason.NO_YEAR_FITS: _(
        "No year is printed and no record fits: %(on_record)s. Print the year and check."
    ),
    Reason.MATCHES_OTHER_PERIOD: _(
        "The value does not fit %(period)s, but fits %(other_periods)s. Check the period."
    ),
    Reason.NO_FIGURE: _("No figure on record is described in these words. Ask for its source."),
    Reason.SEVERAL_FIGURES: _(
        "The words fit several figures equally: %(figures)s. Say which is meant."
    ),
    Reason.NO_RECORD: _("The figure %(figure)s has no record for this. Ask for its source."),
    Reason.NO_BASE_RECORD: _("There is no record of %(base_period)s to compare with."),
    Reason.RECORD_INCOMPLETE: _("The records do not cover the whole of %(period)s."),
    Reason.CUT_OFF_UNKNOWN: _(
        "This is a running total without its days; on record: %(on_record)s. Print the days."
    ),
    Reason.PERIOD_NOT_STATED: _(
        "The text names no period; on record: %(on_record)s. Print the period."
    ),
    Reason.PERIOD_NOT_CALENDAR: _("\u201c%(words)s\u201d is no period on record."),
    Reason.BASE_NOT_STATED: _(
        "The text does not say what the change is measured against. Print the period."
    ),
}
"""By reason; the facts come with the verdict."""

_UNKNOWN = _("The verdict has the reason %(code)s. Report the code to support.")


def say_claim(reason: str, facts: Mapping[str, str], tag: str) -> str:
    """Say why a claim got its verdict."""
    known = {one.value: sentence for one, sentence in SENTENCES.items()}
    return fill(known.get(reason, _UNKNOWN), {**facts, "code": reason}, tag)
