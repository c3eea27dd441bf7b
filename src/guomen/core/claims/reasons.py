"""Keeps every reason a verdict can have, with the facts its sentence needs."""

from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """Why a claim is confirmed, contradicted or unknown.

    `SENTENCES` says each in English; the facts named in braces come with the verdict.
    """

    VALUE_IN_INTERVAL = "claim.value_in_interval"
    GROWTH_MATCHES = "claim.growth_matches"
    YEAR_ASSUMED = "claim.year_assumed"
    VALUE_OUTSIDE = "claim.value_outside"
    GROWTH_DIFFERS = "claim.growth_differs"
    DIRECTION_REVERSED = "claim.direction_reversed"
    NO_YEAR_FITS = "claim.no_year_fits"
    MATCHES_OTHER_PERIOD = "claim.matches_other_period"
    NO_FIGURE = "claim.no_figure"
    SEVERAL_FIGURES = "claim.several_figures"
    NO_RECORD = "claim.no_record"
    NO_BASE_RECORD = "claim.no_base_record"
    RECORD_INCOMPLETE = "claim.record_incomplete"
    CUT_OFF_UNKNOWN = "claim.cut_off_unknown"
    PERIOD_NOT_STATED = "claim.period_not_stated"
    PERIOD_NOT_CALENDAR = "claim.period_not_calendar"
    BASE_NOT_STATED = "claim.base_not_stated"


SENTENCES: Final[dict[Reason, str]] = {
    Reason.VALUE_IN_INTERVAL: "The record for {period} is {recorded}; the words allow it.",
    Reason.GROWTH_MATCHES: "From {base_recorded} to {recorded} is a change of {change}.",
    Reason.YEAR_ASSUMED: "No year is printed; the record for {year_assumed} fits.",
    Reason.VALUE_OUTSIDE: "The record for {period} is {recorded}; the words say {expected}.",
    Reason.GROWTH_DIFFERS: "From {base_recorded} to {recorded} is {change}, not {expected}.",
    Reason.DIRECTION_REVERSED: "The figure moved the other way: {change}.",
    Reason.NO_YEAR_FITS: "No year is printed and no record fits: {on_record}.",
    Reason.MATCHES_OTHER_PERIOD: "Does not fit {period}, but fits {other_periods}.",
    Reason.NO_FIGURE: "No figure on record is described in these words.",
    Reason.SEVERAL_FIGURES: "The words fit several figures equally: {figures}.",
    Reason.NO_RECORD: "The figure {figure} has no record for this.",
    Reason.NO_BASE_RECORD: "There is no record of {base_period} to compare with.",
    Reason.RECORD_INCOMPLETE: "The records do not cover the whole of {period}.",
    Reason.CUT_OFF_UNKNOWN: "A running total without its days; on record: {on_record}.",
    Reason.PERIOD_NOT_STATED: "The text names no period; on record: {on_record}.",
    Reason.PERIOD_NOT_CALENDAR: "{words} is no period on record.",
    Reason.BASE_NOT_STATED: "The text does not say what the change is measured against.",
}
"""An English sentence for every reason, to be filled with the verdict's facts."""
