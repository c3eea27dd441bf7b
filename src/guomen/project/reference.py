"""Writes docs/reference from the code and the packs, so that it can never say something else."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from guomen.core.events import CATALOGUE, COLUMNS
from guomen.core.policy import Measure
from guomen.core.transitions import ALERT, BULLETIN, DOCUMENT, REFERRAL, RULEBOOK
from guomen.jurisdiction import Jurisdiction

MADE = "<!-- Made by ./guomen reference. A test keeps it true; do not edit it. -->"


def pages(pack: Jurisdiction) -> dict[str, str]:
    """Give the reference pages by file name."""
    return {
        "events.md": _page("Events", _events()),
        "transitions.md": _page("Permitted changes of state", _transitions()),
        "measures.md": _page(f"Measures of `{pack.code}`", _measures(pack)),
        "figures.md": _page(f"Figures of `{pack.code}`", _figures(pack)),
    }


def write_pages(pack: Jurisdiction, folder: Path) -> list[str]:
    """Write the pages into a folder; give their names."""
    folder.mkdir(parents=True, exist_ok=True)
    found = pages(pack)
    for name, text in found.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(found)


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", MADE, "", *lines, ""])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def _events() -> Iterator[str]:
    yield "Every entry of the ledger has one of these kinds. Beside the payload it carries the columns"
    yield f"that figures count by: {', '.join(f'`{column}`' for column in COLUMNS)}."
    yield ""
    rows = (
        (
            f"`{kind.value}`",
            str(description.version),
            ", ".join(f"`{name}`" for name in sorted(description.payload)),
            "yes" if description.counted else f"no: {description.why_not_counted}",
        )
        for kind, description in CATALOGUE.items()
    )
    yield from _table(("kind", "version", "payload", "counted by a figure"), rows)


def _transitions() -> Iterator[str]:
    for table in (RULEBOOK, REFERRAL, DOCUMENT, ALERT, BULLETIN):
        yield f"## {table.thing}"
        yield ""
        rows = ((f"`{now}`", f"`{then}`", why) for (now, then), why in table.rows.items())
        yield from _table(("from", "to", "because"), rows)
        yield ""


def _measures(pack: Jurisdiction) -> Iterator[str]:
    yield from _measure_table(pack.rulebook.announced)
    if pack.rulebook.standing:
        yield ""
        yield "## Standing rules"
        yield ""
        yield "What the law grants anyway, written in the same language and counted apart."
        yield ""
        yield from _measure_table(pack.rulebook.standing)


def _measure_table(measures: Iterable[Measure]) -> Iterator[str]:
    rows = (_measure(measure) for measure in sorted(measures, key=lambda one: one.id))
    yield from _table(("id", "title", "answers", "in force", "cases", "confidence"), rows)


def _measure(measure: Measure) -> tuple[str, ...]:
    spans = "; ".join(
        f"{clause.in_force.start} – {clause.in_force.last_day or ''}".rstrip()
        for clause in measure.clauses
    )
    title = " / ".join(measure.titles.values())
    cases, confidence = str(len(measure.cases)), measure.citation.confidence
    return f"`{measure.id}`", title, f"`{measure.question}`", spans, cases, confidence


def _figures(pack: Jurisdiction) -> Iterator[str]:
    rows = (
        (
            f"`{figure.id}`",
            str(figure.version),
            f"{figure.names['zh-Hans']} / {figure.names['en']}",
            figure.definitions["en"],
            f"`{figure.unit}`",
            f"`{figure.digest[:12]}`",
        )
        for figure in pack.figures.values()
    )
    yield from _table(("id", "version", "name", "definition", "unit", "digest"), rows)
