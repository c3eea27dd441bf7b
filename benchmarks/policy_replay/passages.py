"""Synthetic passages of a half-year: as a DuckDB user would keep them, and the same rows in our lake.

Every value is a hash of its row's number, so each run makes the same rows. The shares of the groups
are those published for the first half of 2023; ports are used unevenly; of the facts that may be
absent, a third is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import duckdb

from guomen.apps.policy.lake import Lake
from guomen.apps.policy.lake.files import copy_sorted, quoted
from guomen.core.policy import Rulebook

FIRST = date(2023, 1, 1)
DAYS = 181
UNTIL = FIRST + timedelta(days=DAYS)
PORTS = 300

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Passages:
    """The same acts twice: `plain`, a file a month in order of arrival, and `lake`, a file a day."""

    rows: int
    plain: tuple[Path, ...]
    lake: Lake

    @property
    def ours(self) -> tuple[Path, ...]:
        """List the lake's files."""
        return tuple(self.lake.files(FIRST, UNTIL))


def make_passages(folder: Path, rows: int, rulebook: Rulebook, told: Told) -> Passages:
    """Write the acts of a half-year into a folder; `told` hears of each month."""
    lake = Lake(folder / "passages")
    lake.folder.mkdir(parents=True)
    plain = []
    with duckdb.connect() as store:
        store.execute("SET preserve_insertion_order = false")
        for month, days in groupby(_days(), lambda day: f"{day:%Y-%m}"):
            several = list(days)
            made = folder / f"{month}.parquet"
            _arrived(made, several, rows, rulebook)
            for day in several:
                _kept(store, made, day, lake)
            plain.append(made)
            told(month)
    return Passages(rows, tuple(plain), lake)


def _days() -> Iterator[date]:
    return (FIRST + timedelta(days=at) for at in range(DAYS))


def _arrived(made: Path, days: list[date], rows: int, rulebook: Rulebook) -> None:
    """Write a month as the acts arrived, in DuckDB's own row groups."""
    low, high = ((day - FIRST).days for day in (days[0], days[-1] + timedelta(days=1)))
    first, after = (-(-at * rows // DAYS) for at in (low, high))
    values = _columns(rows, rulebook)
    told = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in values.items())
    with duckdb.connect() as store:
        store.execute(
            f"COPY (SELECT {told} FROM (SELECT *, {_DRAWN} FROM range({first}, {after}) t(i))) "
            f"TO '{made}' (FORMAT parquet, COMPRESSION zstd)"
        )


def _kept(store: duckdb.DuckDBPyConnection, plain: Path, day: date, lake: Lake) -> None:
    """Write a day of a plain file as the lake keeps it, with the lake's own function."""
    store.execute(
        "CREATE OR REPLACE TABLE decisions AS SELECT * FROM read_parquet(?) WHERE _day = ?",
        [str(plain), day],
    )
    columns = [name for name, *_ in store.execute("DESCRIBE decisions").fetchall()]
    copy_sorted(store, "decisions", columns, lake.path(day))


_DRAWN = (
    "CASE WHEN hash(i, 1) % 1000 < 478 THEN 'mainland' "
    "WHEN hash(i, 1) % 1000 < 953 THEN 'hmt' ELSE 'foreign' END AS grp, "
    # The square makes some ports much busier than others.
    f"(((hash(i, 2) % 10000)::BIGINT ** 2) * {PORTS} / 100000000)::INTEGER % {PORTS} AS port"
)


def _columns(rows: int, rulebook: Rulebook) -> dict[str, str]:
    """Give the SQL of every column, from a row's number `i`, its group `grp` and its `port`."""
    vocabulary = rulebook.vocabulary
    territories = sorted(vocabulary["person.nationality"].codes)
    groups = list(vocabulary["crossing.port_group"].codes)
    purposes = list(vocabulary["crossing.purpose"].codes)
    return {
        "_entry": "(hash(i, 3)::UHUGEINT * 18446744073709551616 + hash(i, 4)::UHUGEINT)::UUID",
        "_day": f"DATE '{FIRST}' + (i * {DAYS} // {rows})::INTEGER",
        "_place": "'P' || lpad(port::VARCHAR, 3, '0')",
        "_group": "grp",
        "_rulebook": f"'{rulebook.digest}'",
        "_asked": """'[["crossing.lane",null,null]]'""",
        "crossing.port_group": _one_of(groups, "port"),
        "crossing.purpose": _perhaps(15, _one_of(purposes, "hash(i, 5)")),
        "document.expiry_date": _perhaps(16, "DATE '2018-06-01' + (hash(i, 6) % 5000)::INTEGER"),
        "document.type": _by_group(
            _one_of(["EEP_HKM"] * 7 + ["PPT_ORD"] * 2 + ["EEP_TW"], "hash(i, 7)"),
            _one_of(["HRP"] * 9 + ["TWP_5"], "hash(i, 7)"),
            _one_of(["PPT_FOR"] * 9 + ["SEAMAN"], "hash(i, 7)"),
        ),
        "person.age": _perhaps(18, "(hash(i, 8) % 90)::BIGINT"),
        "person.category": _by_group("'mainland_resident'", "'hk_resident'", "'foreigner'"),
        "person.nationality": _perhaps(
            19, _by_group("'CHN'", "'CHN'", _one_of(territories, "hash(i, 9)"))
        ),
        "visa.valid_on_crossing": _perhaps(20, "hash(i, 10) % 2 = 0"),
    }


def _perhaps(salt: int, sql: str) -> str:
    return f"CASE WHEN hash(i, {salt}) % 3 > 0 THEN {sql} END"


def _one_of(several: list[str], drawn: str) -> str:
    listed = ", ".join(f"'{one}'" for one in several)
    return f"[{listed}][1 + ({drawn} % {len(several)})::INTEGER]"


def _by_group(mainland: str, hmt: str, foreign: str) -> str:
    return f"CASE grp WHEN 'mainland' THEN {mainland} WHEN 'hmt' THEN {hmt} ELSE {foreign} END"
