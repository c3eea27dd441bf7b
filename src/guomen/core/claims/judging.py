"""Keeps the judging of claims against the record: confirmed, contradicted or unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guomen.core.claims.claim import Claim, Comparison, FigureWords, Judged, Known
from guomen.core.claims.matching import Match, match_figures
from guomen.core.claims.period_codes import CALENDAR_KINDS, base_code, code_of, year_meant
from guomen.core.claims.period_codes import years_on_record as _years
from guomen.core.claims.reasons import Reason

_CONFIRMED: Final = frozenset({Reason.VALUE_IN_INTERVAL, Reason.GROWTH_MATCHES})
_CONTRADICTED: Final = frozenset(
    {Reason.VALUE_OUTSIDE, Reason.GROWTH_DIFFERS, Reason.DIRECTION_REVERSED}
)
_RUNNING: Final = frozenset({"cumulative", "since_event"})
_SHOWN: Final = Decimal("0.01")
# 翻一番 is said of what has about doubled: two and a half per cent to either side.
_ABOUT_DOUBLED: Final = Decimal("0.025")

Series = Mapping[str, Known]
"""What is known of one figure, by period code."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """The outcome of testing a claim in one period."""

    reason: Reason
    period: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def judge(
    claims: Sequence[Claim],
    words: Sequence[FigureWords],
    known: Sequence[Known],
    published: date | None,
) -> tuple[Judged, ...]:
    """A verdict on every claim, in the claims' order.

    Arguments: words and known are the jurisdiction's figures and their exact values, already
    scaled to the nation; published is the day the text came out, which dates 上半年 without
    a year. A change is computed from exact values and rounded half up, as GB/T 8170-2008
    allows for published figures. Contradicted is said only of a figure and a period that the
    text itself names. Nothing is refused; see `reasons.Reason` for every reason.
    """
    matches = match_figures(claims, words)
    return tuple(
        _judged(claim, match, known, published)
        for claim, match in zip(claims, matches, strict=True)
    )


def _judged(claim: Claim, match: Match, known: Sequence[Known], published: date | None) -> Judged:
    series = {entry.period: entry for entry in known if entry.figure == match.figure}
    finding = _find(claim, match, series, published)
    facts = {**finding.facts, "figure": match.figure or "", "expected": _expected(claim)}
    verdict = _verdict(finding.reason)
    return Judged(claim, match.figure, finding.period, verdict, finding.reason.value, facts)


def _verdict(reason: Reason) -> str:
    if reason in _CONFIRMED or reason is Reason.YEAR_ASSUMED:
        return "confirmed"
    contradicted = reason in _CONTRADICTED or reason is Reason.NO_YEAR_FITS
    return "contradicted" if contradicted else "unknown"


def _find(claim: Claim, match: Match, series: Series, published: date | None) -> _Finding:
    if match.figure is None:
        several = {"figures": ", ".join(match.several)}
        return _Finding(
            Reason.SEVERAL_FIGURES if match.several else Reason.NO_FIGURE, None, several
        )
    if not series:
        return _Finding(Reason.NO_RECORD)
    if claim.period.kind not in CALENDAR_KINDS:
        return _undated(claim, series)
    year = year_meant(claim.period, published)
    if year is None:
        return _without_year(claim, series)
    return _in_year(claim, series, year)


def _undated(claim: Claim, series: Series) -> _Finding:
    """A claim whose days are not known is left unknown, with what is on record beside it."""
    facts = {"on_record": _listed(series), "words": claim.period.words or ""}
    if claim.period.kind in _RUNNING:
        return _Finding(Reason.CUT_OFF_UNKNOWN, None, facts)
    named = claim.period.kind == "other"
    return _Finding(Reason.PERIOD_NOT_CALENDAR if named else Reason.PERIOD_NOT_STATED, None, facts)


def _in_year(claim: Claim, series: Series, year: int) -> _Finding:
    found = _test(claim, series, code_of(claim.period, year))
    if found.reason not in _CONTRADICTED:
        return found
    others = _fitting_years(claim, series)
    facts = {**found.facts, **({"other_periods": ", ".join(others)} if others else {})}
    return _Finding(found.reason, found.period, facts)


def _without_year(claim: Claim, series: Series) -> _Finding:
    """Tries the latest complete year on record; another year that fits is a hint, not a proof."""
    codes = [code_of(claim.period, year) for year in _years(claim.period, series)]
    codes.sort(key=lambda code: not series[code].complete)
    if not codes:
        return _Finding(Reason.NO_RECORD)
    latest = _test(claim, series, codes[0])
    if latest.reason in _CONFIRMED:
        facts = {**latest.facts, "year_assumed": codes[0][:4]}
        return _Finding(Reason.YEAR_ASSUMED, codes[0], facts)
    if latest.reason not in _CONTRADICTED:
        return latest
    others = _fitting_years(claim, series)
    on_record = _listed({code: series[code] for code in codes})
    facts = {**latest.facts, "on_record": on_record, "other_periods": ", ".join(others)}
    reason = Reason.MATCHES_OTHER_PERIOD if others else _unfit(latest.reason)
    return _Finding(reason, codes[0], facts)


def _unfit(latest: Reason) -> Reason:
    """A reversed direction is worth saying as such; other misfits are of every year."""
    return latest if latest is Reason.DIRECTION_REVERSED else Reason.NO_YEAR_FITS


def _fitting_years(claim: Claim, series: Series) -> list[str]:
    codes = [code_of(claim.period, year) for year in _years(claim.period, series)]
    return [code for code in codes if _test(claim, series, code).reason in _CONFIRMED]


def _test(claim: Claim, series: Series, code: str) -> _Finding:
    """Tests a claim in one period: a level by its value, a change by the two values."""
    entry = series.get(code)
    if entry is None:
        return _Finding(Reason.NO_RECORD, code, {"period": code})
    if not entry.complete:
        return _Finding(Reason.RECORD_INCOMPLETE, code, {"period": code})
    if claim.comparison is not None:
        return _test_change(claim, claim.comparison, series, code)
    fits = claim.allows(entry.value) or _side(claim, entry.least) * _side(claim, entry.most) <= 0
    facts = {"period": code, "recorded": _plain(entry.value)}
    return _Finding(Reason.VALUE_IN_INTERVAL if fits else Reason.VALUE_OUTSIDE, code, facts)


def _test_change(claim: Claim, comparison: Comparison, series: Series, code: str) -> _Finding:
    before = base_code(code, comparison.kind)
    if before is None:
        return _Finding(Reason.BASE_NOT_STATED, code, {"period": code})
    base = series.get(before)
    if base is None or not base.complete or base.value == 0:
        return _Finding(Reason.NO_BASE_RECORD, code, {"period": code, "base_period": before})
    new, old = series[code].value, base.value
    facts = {
        "period": code, "recorded": _plain(new), "base_period": before,
        "base_recorded": _plain(old), "change": _change_words(claim, new, old),
    }  # fmt: skip
    return _Finding(_compare_within(claim, comparison, series[code], base), code, facts)


def _compare_within(claim: Claim, comparison: Comparison, new: Known, old: Known) -> Reason:
    """Compares the exact values, then the widest movement that the records' margins leave open."""
    exact = _compare(claim, comparison, new.value, old.value)
    if exact is Reason.GROWTH_MATCHES or not (new.margin or old.margin) or old.least <= 0:
        return exact
    if claim.unit == "doubling":
        return exact
    least = _side_of_change(claim, comparison, new.least, old.most)
    most = _side_of_change(claim, comparison, new.most, old.least)
    return Reason.GROWTH_MATCHES if least * most <= 0 else exact


def _side(claim: Claim, value: Decimal, whole: Decimal = Decimal(1)) -> int:
    """-1 when a value lies below what the words allow, 1 above, 0 within."""
    if value < claim.low * whole:
        return -1
    high = claim.high * whole
    within = value < high if claim.high_open else value <= high
    return 0 if within else 1


def _side_of_change(claim: Claim, comparison: Comparison, new: Decimal, old: Decimal) -> int:
    scale = Decimal(100) if claim.unit == "percent" else Decimal(1)
    if _is_share_of_base(claim, comparison):
        return _side(claim, new * scale, old)
    moved = new - old if comparison.direction == "up" else old - new
    relative = claim.unit in ("percent", "times")
    return _side(claim, moved * scale, old) if relative else _side(claim, moved)


def _compare(claim: Claim, comparison: Comparison, new: Decimal, old: Decimal) -> Reason:
    if _is_share_of_base(claim, comparison):
        scale = Decimal(100) if claim.unit == "percent" else Decimal(1)
        return _growth(_between(claim, new * scale, old))
    moved = new - old if comparison.direction == "up" else old - new
    fits = _fits_change(claim, moved, old)
    if not fits and moved < 0:
        return Reason.DIRECTION_REVERSED
    return _growth(fits)


def _growth(fits: bool) -> Reason:
    return Reason.GROWTH_MATCHES if fits else Reason.GROWTH_DIFFERS


def _fits_change(claim: Claim, moved: Decimal, old: Decimal) -> bool:
    """Whether a movement in the claimed direction is as large as said, without dividing."""
    if claim.unit == "doubling":
        doubled = old * Decimal(2) ** claim.value
        return abs(moved + old - doubled) <= doubled * _ABOUT_DOUBLED
    if claim.unit in ("percent", "times"):
        return _between(claim, moved * (100 if claim.unit == "percent" else 1), old)
    return claim.allows(moved)


def _between(claim: Claim, part: Decimal, whole: Decimal) -> bool:
    """Whether part / whole lies in the claim's interval; whole is positive."""
    high = claim.high * whole
    return claim.low * whole <= part and (part < high if claim.high_open else part <= high)


def _is_share_of_base(claim: Claim, comparison: Comparison) -> bool:
    """Whether 73 % means 73 % of the base (ratio 0.73), not growth by 73 % (ratio 1.73)."""
    share = {"percent": claim.value / 100, "times": claim.value}.get(claim.unit)
    return share is not None and comparison.ratio == share


def _change_words(claim: Claim, new: Decimal, old: Decimal) -> str:
    """The movement as a reader expects it: in units for units and points, else in per cent."""
    if claim.unit not in ("percent", "times", "doubling"):
        return _plain(new - old)
    percent = ((new - old) * 100 / old).quantize(_SHOWN, rounding=ROUND_HALF_UP)
    return f"{percent:+f}%"


def _expected(claim: Claim) -> str:
    return f"[{_plain(claim.low)}, {_plain(claim.high)}{')' if claim.high_open else ']'}"


def _listed(series: Series) -> str:
    latest_first = sorted(series, reverse=True)
    return ", ".join(f"{code}: {_plain(series[code].value)}" for code in latest_first)


def _plain(value: Decimal) -> str:
    """A number as plain digits, without exponent or idle zeros."""
    if not value.is_finite():
        return "∞"
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
