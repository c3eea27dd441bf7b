"""One Parquet file a day: entry, place, group, rulebook, answers, and a column for each fact.

Rows lie sorted by the facts that most rules ask about first, so that a scan skips what a draft
cannot touch. A file is written whole or not at all, and written anew when a day has grown.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import duckdb

from guomen.core.policy import FactType, Vocabulary

OWN_COLUMNS = {
    "_entry": "UUID",
    "_day": "DATE",
    "_place": "VARCHAR",
    "_group": "VARCHAR",
    "_rulebook": "VARCHAR",
    "_asked": "VARCHAR",
}
"""What stands beside the facts; no fact's name begins so."""

SQL_TYPES = {
    FactType.CODE: "VARCHAR",
    FactType.BOOLEAN: "BOOLEAN",
    FactType.DATE: "DATE",
    FactType.INTEGER: "BIGINT",
}

_SORTED_BY = ("document.type", "person.category", "application.service")
_SORTED_WITHIN = ("_place", "_group", "person.age")
"""Equal values together are read faster; the age is what rules ask of a person most."""

_ROWS_TOGETHER = 122_880


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """One act as its app keeps it: `facts` and `asked` are the texts of JSON written then."""

    entry: UUID | None
    place: str
    group: str
    rulebook: str
    asked: str
    facts: str


def quoted(name: str) -> str:
    """Give a column's name for SQL."""
    return '"' + name.replace('"', '""') + '"'


class Lake:
    """The files of one kind of act in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, day: date) -> Path:
        """Give the place of a day's file."""
        return self.folder / f"{day.isoformat()}.parquet"

    def files(self, start: date, until: date) -> list[Path]:
        """List the files of the days from `start` until `until` (half-open) that are there."""
        found = sorted(self.folder.glob("????-??-??.parquet"))
        return [one for one in found if start <= date.fromisoformat(one.stem) < until]

    def rows(self, day: date) -> int | None:
        """Count the acts of a day's file; None when there is no file."""
        path = self.path(day)
        if not path.exists():
            return None
        with closing(duckdb.connect()) as lake:
            found = lake.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(path)])
            row = found.fetchone()
        return int(row[0]) if row else None

    def write(
        self, day: date, decisions: Iterable[RecordedDecision], vocabulary: Vocabulary
    ) -> int:
        """Write a day's file and give the number of its acts."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            lines, made = Path(place) / "decisions.json", Path(place) / "day.parquet"
            with lines.open("w", encoding="utf-8") as out:
                out.writelines(_lines(day, decisions))
            written = _to_parquet(lines, made, vocabulary)
            os.replace(made, self.path(day))
        return written


def _lines(day: date, decisions: Iterable[RecordedDecision]) -> Iterator[str]:
    # The facts are JSON already; they are not read only to be written again.
    for one in decisions:
        entry = "null" if one.entry is None else f'"{one.entry}"'
        head = f'"_entry":{entry},"_day":"{day.isoformat()}"'
        place = f'"_place":{_text(one.place)},"_group":{_text(one.group)}'
        decided = f'"_rulebook":{_text(one.rulebook)},"_asked":{_text(one.asked)}'
        facts = one.facts.strip()[1:-1].strip()
        yield f"{{{head},{place},{decided}{',' + facts if facts else ''}}}\n"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _to_parquet(lines: Path, made: Path, vocabulary: Vocabulary) -> int:
    facts = {name: SQL_TYPES[vocabulary[name].type] for name in vocabulary.names()}
    columns = OWN_COLUMNS | facts
    with closing(duckdb.connect()) as lake:
        # Preserving the order of lines would cost memory, and the rows are sorted anyway.
        lake.execute("SET preserve_insertion_order = false")
        lake.execute(
            "CREATE TABLE decisions AS SELECT * FROM read_json(?, format='newline_delimited', "
            "columns=?)",
            [str(lines), columns],
        )
        return copy_sorted(lake, "decisions", (*OWN_COLUMNS, *_told(lake, list(facts))), made)


def copy_sorted(
    store: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], made: Path
) -> int:
    """Copy these columns of a day's acts into a file as the lake keeps it; give their number.

    `store` should not preserve the order of insertion: the acts are sorted here.
    """
    wanted = ", ".join(map(quoted, columns))
    order = ", ".join(quoted(n) for n in (*_SORTED_BY, *_SORTED_WITHIN) if n in columns)
    copied = store.execute(
        f"COPY (SELECT {wanted} FROM {quoted(table)} ORDER BY {order}) TO '{literal(made)}' "  # noqa: S608 - names of our own, quoted
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_TOGETHER})"
    ).fetchone()
    return int(copied[0]) if copied else 0


def literal(path: Path) -> str:
    """Give a path for SQL, to stand between quotes."""
    return str(path).replace("'", "''")


def _told(lake: duckdb.DuckDBPyConnection, facts: Sequence[str]) -> list[str]:
    """Name the facts that any act of the day tells; the others need no column."""
    if not facts:
        return []
    counted = ", ".join(f"count({quoted(name)})" for name in facts)
    row = lake.execute(f"SELECT {counted} FROM decisions").fetchone() or ()  # noqa: S608 - as above
    return [name for name, count in zip(facts, row, strict=True) if count]
