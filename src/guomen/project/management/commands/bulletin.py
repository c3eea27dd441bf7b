"""`bulletin make | check`: figures and text of a period, and the check of an article."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from guomen.apps.bulletins import queries as bulletins
from guomen.apps.bulletins.checking import check_article
from guomen.apps.bulletins.writing import write_text
from guomen.core.canonical import Json
from guomen.core.claims import Comparison, Judged
from guomen.language.sentences import say_claim
from guomen.project.commands import BAD_INPUT, GuomenCommand, jurisdiction_at_hand, read_text


class Command(GuomenCommand):
    """Makes a bulletin's text from the figures, or judges an article by them."""

    help = "Make a bulletin, or check an article."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        acts = parser.add_subparsers(dest="act", required=True)
        make = acts.add_parser("make", help="figures and text of a period")
        make.add_argument("--period", required=True)
        make.add_argument("--language", default="zh-Hans")
        make.add_argument("--template", default="half-year")
        make.add_argument("--json", action="store_true")
        check = acts.add_parser("check", help="each claim of an article with a verdict")
        check.add_argument("article")
        check.add_argument("--published", type=date.fromisoformat, default=None)
        check.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {"make": self._make, "check": self._check}
        acts[options["act"]](options)

    def _make(self, options: Mapping[str, Any]) -> None:
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        period, template = options["period"], pack.bulletins.get(options["template"])
        if template is None:
            known = ", ".join(pack.bulletins)
            raise CommandError(
                f"there is no such template; there are: {known}", returncode=BAD_INPUT
            )
        figures = {
            name: bulletins.counted(definition=pack.figures[name], period=period)
            for name in template.figures
        }
        growths = {
            name: bulletins.year_on_year(definition=pack.figures[name], period=period)
            for name in template.figures
        }
        text = write_text(template, figures, growths, pack, options["language"])
        told: list[dict[str, Json]] = [
            {
                "id": one.figure,
                "value": one.value,
                "definition": one.definition_digest,
                "seal": f"{one.seal_node}/{one.seal_number}",
                "digest": one.digest,
            }
            for one in figures.values()
        ]
        answer: dict[str, Json] = {
            "period": period,
            "language": options["language"],
            "text": text,
            "figures": told,
        }
        self.tell(answer, text.splitlines(), options["json"])

    def _check(self, options: Mapping[str, Any]) -> None:
        text = read_text(options["article"])
        judged = check_article(
            text=text,
            published=options["published"],
            jurisdiction=jurisdiction_at_hand(settings.GUOMEN_JURISDICTION),
        )
        self.tell({"claims": [_claim(one) for one in judged]}, _lines(judged), options["json"])
        self.end(all(one.verdict != "contradicted" for one in judged))


def _claim(one: Judged) -> dict[str, Json]:
    claim = one.claim
    comparison = claim.comparison
    return {
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "low": _spell(claim.low),
        "high": _spell(claim.high),
        "high_open": claim.high_open,
        "unit": claim.unit,
        "tier": claim.tier,
        "kind": claim.kind,
        "subject": claim.subject,
        "period": one.period or claim.period.words,
        "period_kind": claim.period.kind,
        "comparison": None if comparison is None else _comparison(comparison),
        "refers_to": claim.refers_to,
        "figure": one.figure,
        "verdict": one.verdict,
        "reason": str(one.reason),
        "facts": dict(one.facts),
    }


def _comparison(comparison: Comparison) -> dict[str, Json]:
    return {
        "kind": comparison.kind,
        "direction": comparison.direction,
        "ratio": None if comparison.ratio is None else _spell(comparison.ratio),
    }


def _spell(value: Decimal) -> str | None:
    # Exact decimals are given as text; "at least so many" has no upper end.
    if not value.is_finite():
        return None
    whole = value == value.to_integral_value()
    return f"{value.to_integral_value():f}" if whole else f"{value.normalize():f}"


_MARKS = {"confirmed": "✓", "contradicted": "✗", "unknown": "?"}


def _lines(judged: Sequence[Judged]) -> list[str]:
    lines = []
    for one in judged:
        quote = "".join(one.claim.quote.split())
        place = f"{one.claim.start}–{one.claim.end}"
        said = say_claim(str(one.reason), one.facts, "en")
        lines.append(f"{_MARKS[one.verdict]} {one.verdict:12} {quote}  [{place}]  {said}")
    counts = {name: sum(one.verdict == name for one in judged) for name in _MARKS}
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    return [*lines, f"{len(judged)} claims: {told}"]
