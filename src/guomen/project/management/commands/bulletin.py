"""`bulletin make | check | tally | compile | release`: figures, their publication, and the check."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import CommandError

from guomen import clock
from guomen.apps.bulletins import queries as bulletins
from guomen.apps.bulletins.checking import check_article
from guomen.apps.bulletins.operations import compile_bulletin, release_bulletin, tally_sealed
from guomen.apps.bulletins.writing import write_text
from guomen.apps.policy.queries import jurisdiction as published_jurisdiction
from guomen.core.canonical import Json
from guomen.core.claims import Comparison, Judged
from guomen.jurisdiction import BulletinTemplate, Jurisdiction
from guomen.language.sentences import say_claim
from guomen.project.commands import (
    BAD_INPUT,
    GuomenCommand,
    jurisdiction_at_hand,
    officer_named,
    read_text,
)


class Command(GuomenCommand):
    """Makes a bulletin's text, publishes it by two officers, or judges an article by the figures."""

    help = "Make, publish or check figures in words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        acts = parser.add_subparsers(dest="act", required=True)
        make = acts.add_parser("make", help="figures and text of a period")
        make.add_argument("--period", required=True)
        make.add_argument("--language", help="the pack's first language, if left out")
        make.add_argument("--template", default="half-year")
        make.add_argument("--json", action="store_true")
        tally = acts.add_parser("tally", help="bring the daily tallies up to the newest seal")
        tally.add_argument("--anew", action="store_true", help="all days, not only those touched")
        tally.add_argument("--json", action="store_true")
        publish = acts.add_parser("compile", help="compile a bulletin as a press officer")
        publish.add_argument("--period", required=True)
        publish.add_argument("--template", default="half-year")
        publish.add_argument("--officer", required=True)
        publish.add_argument("--json", action="store_true")
        release = acts.add_parser("release", help="release it as a second press officer")
        release.add_argument("bulletin", type=UUID)
        release.add_argument("--officer", required=True)
        release.add_argument("--json", action="store_true")
        check = acts.add_parser("check", help="each claim of an article with a verdict")
        check.add_argument("article")
        check.add_argument("--published", type=date.fromisoformat, default=None)
        check.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {
            "make": self._make,
            "check": self._check,
            "tally": self._tally,
            "compile": self._compile,
            "release": self._release,
        }
        acts[options["act"]](options)

    def _make(self, options: Mapping[str, Any]) -> None:
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        period, template = options["period"], pack.bulletins.get(options["template"])
        language = options["language"] or pack.languages[0]
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
        text = write_text(template, figures, growths, pack, language)
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
            "language": language,
            "text": text,
            "figures": told,
        }
        self.tell(answer, text.splitlines(), options["json"])

    def _tally(self, options: Mapping[str, Any]) -> None:
        rows = tally_sealed(node=settings.GUOMEN_NODE, anew=options["anew"])
        self.tell({"rows": rows}, [f"{rows} daily tallies taken"], options["json"])

    def _compile(self, options: Mapping[str, Any]) -> None:
        pack, bulletin = published_jurisdiction(), clock.new_id()
        compile_bulletin(
            actor=officer_named(options["officer"], pack),
            at=clock.now(),
            day=clock.today(pack.zone),
            entry=clock.new_entry(),
            bulletin=bulletin,
            template=_template(pack, options["template"]),
            period=options["period"],
            jurisdiction=pack,
        )
        told = f"compiled {bulletin}; another officer releases it"
        self.tell({"bulletin": str(bulletin)}, [told], options["json"])

    def _release(self, options: Mapping[str, Any]) -> None:
        pack = published_jurisdiction()
        release_bulletin(
            actor=officer_named(options["officer"], pack),
            at=clock.now(),
            day=clock.today(pack.zone),
            entry=clock.new_entry(),
            bulletin=options["bulletin"],
        )
        self.tell({"released": str(options["bulletin"])}, ["released"], options["json"])

    def _check(self, options: Mapping[str, Any]) -> None:
        text = read_text(options["article"])
        if not text.strip():
            raise CommandError("the article is empty", returncode=BAD_INPUT)
        judged = check_article(
            text=text,
            published=options["published"],
            jurisdiction=jurisdiction_at_hand(settings.GUOMEN_JURISDICTION),
        )
        self.tell({"claims": [_claim(one) for one in judged]}, _lines(judged), options["json"])
        self.end(all(one.verdict != "contradicted" for one in judged))


def _template(pack: Jurisdiction, name: str) -> BulletinTemplate:
    if name not in pack.bulletins:
        known = ", ".join(pack.bulletins)
        raise CommandError(f"there is no template {name}; there are: {known}", returncode=BAD_INPUT)
    return pack.bulletins[name]


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


def _about(one: Judged) -> list[str]:
    """Say unit, period, comparison and figure of a claim, as far as the text tells them."""
    claim = one.claim
    about = [claim.unit, one.period or claim.period.words or "no period stated"]
    if claim.comparison is not None:
        about.append(f"{claim.comparison.kind} {claim.comparison.direction}")
    if claim.refers_to is not None:
        about.append(f"of claim {claim.refers_to + 1}")
    return [*about, one.figure] if one.figure else about


_MARKS = {"confirmed": "✓", "contradicted": "✗", "unknown": "?"}


def _lines(judged: Sequence[Judged]) -> list[str]:
    lines = []
    for number, one in enumerate(judged, 1):
        quote = "".join(one.claim.quote.split())
        place = f"{one.claim.start}–{one.claim.end}"
        said = say_claim(str(one.reason), one.facts, "en")
        lines.append(f"{_MARKS[one.verdict]} {one.verdict:12} {number}. {quote}  [{place}]  {said}")
        lines.append(" " * 15 + " · ".join(_about(one)))
    counts = {name: sum(one.verdict == name for one in judged) for name in _MARKS}
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    return [*lines, f"{len(judged)} claims: {told}"]
