"""Small builders: zones with right check digits, situations, rulebooks, presentations, requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import connection

from guomen import clock
from guomen.apps.border.operations import InspectionRequest, PassageRequest
from guomen.apps.ledger.operations import seal_entries
from guomen.apps.ledger.queries import FIRST_MARK, LAST_MARK, KeptEntry, entries_between
from guomen.core.canonical import Json
from guomen.core.clearance import Companion, Direction, Place, Presented, Standing
from guomen.core.events import Event, EventKind
from guomen.core.policy import (
    Case,
    Citation,
    Clause,
    Condition,
    FactDeclaration,
    FactType,
    Measure,
    Operator,
    Question,
    Rulebook,
    Test,
    Value,
    Vocabulary,
)
from guomen.core.policy.conditions import Operand
from guomen.core.seal import Head
from guomen.core.time import Period
from guomen.core.travel_documents import Check, Identified, identified, identify_kind, read_mrz
from guomen.jurisdiction import Jurisdiction, load_jurisdiction

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""Lies beside the clone of those who build the project, and may be absent."""


@cache
def pack(name: str) -> Jurisdiction:
    """Load a jurisdiction once for the whole suite."""
    return load_jurisdiction(ROOT / "jurisdictions" / name)


# ---------------------------------------------------------------------------- zones


def worth(character: str) -> int:
    """Give a zone character's value, worked out anew: 0-9, A=10 … Z=35, < = 0."""
    return 0 if character == "<" else int(character, 36)


def digit(text: str) -> str:
    """Compute a 7-3-1 check digit, worked out anew so that it can contradict the product."""
    return str(sum(worth(c) * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)


def filled(text: str, length: int) -> str:
    """Fill a field with < to its length, or cut it."""
    return text.ljust(length, "<")[:length]


@dataclass(frozen=True)
class Zone:
    """The fields of a zone; `lines_*` composes them with right check digits."""

    code: str = "P<"
    issuer: str = "UTO"
    name: str = "ERIKSSON<<ANNA<MARIA"
    number: str = "L898902C3"
    nationality: str = "UTO"
    birth: str = "740812"
    sex: str = "F"
    expiry: str = "120415"
    optional: str = ""
    optional_2: str = ""

    def _numbered(self) -> tuple[str, str, str]:
        number = filled(self.number, 9)
        dates = (self.birth + digit(self.birth), self.expiry + digit(self.expiry))
        return number + digit(number), *dates

    def td3(self) -> list[str]:
        """Compose a passport's two lines."""
        number, birth, expiry = self._numbered()
        rest = filled(self.optional, 14)
        rest += digit(rest) if self.optional else "<"
        composite = digit(number + birth + expiry + rest)
        first = filled(self.code + self.issuer + self.name, 44)
        return [first, number + self.nationality + birth + self.sex + expiry + rest + composite]

    def td2(self) -> list[str]:
        """Compose the two lines of the middle size."""
        number, birth, expiry = self._numbered()
        rest = filled(self.optional, 7)
        composite = digit(number + birth + expiry + rest)
        first = filled(self.code + self.issuer + self.name, 36)
        return [first, number + self.nationality + birth + self.sex + expiry + rest + composite]

    def td1(self) -> list[str]:
        """Compose a card's three lines; a long number runs on into the optional field."""
        number, birth, expiry = self._numbered()
        rest = filled(self.optional, 15)
        if len(self.number) > 9:
            number = self.number[:9] + "<"
            rest = filled(self.number[9:] + digit(self.number) + "<" + self.optional, 15)
        middle = filled(self.optional_2, 11)
        composite = digit(number + rest + birth + expiry + middle)
        second = birth + self.sex + expiry + self.nationality + middle + composite
        return [filled(self.code, 2) + self.issuer + number + rest, second, filled(self.name, 30)]

    def visa(self, length: int) -> list[str]:
        """Compose a visa's two lines: 44 for MRV-A, 36 for MRV-B; there is no composite."""
        number, birth, expiry = self._numbered()
        first = filled(self.code + self.issuer + self.name, length)
        second = number + self.nationality + birth + self.sex + expiry
        return [first, filled(second + self.optional, length)]

    def card(self) -> list[str]:
        """Compose the one line of a card whose code alone tells what it is."""
        number, birth, expiry = self._numbered()
        composite = digit(number + expiry + birth)
        return [f"{self.code}{number}<{expiry}<{birth}<{composite}"]


PERMIT = Zone("CR", "CHN", "CHAN<<TAI<MAN", "H00000000", "CHN", "900101", "M", "220630")
"""The registered specimen of a home-return permit that expired on 2022-06-30."""

VALID_PERMIT = replace(PERMIT, expiry="300101")
PASSPORT = Zone("PO", "CHN", "ZHENGJIAN<<YANGBEN", "E00000000", "CHN", "810803", "F", "280408")
"""The registered specimen of an ordinary passport."""


# ---------------------------------------------------------------------------- conditions


def asks(fact: str, operator: Operator, operand: Operand) -> Test:
    """Make one test on a fact."""
    return Test(fact, operator, operand)


def declared(name: str, kind: FactType, absent: Value | None = None) -> FactDeclaration:
    """Declare a fact."""
    return FactDeclaration(name, kind, None, "applicant", {"en": name}, {}, absent)


FACTS = Vocabulary(
    [
        declared("age", FactType.INTEGER),
        declared("kind", FactType.CODE),
        declared("expiry", FactType.DATE),
        declared("enrolled", FactType.BOOLEAN),
        declared("student", FactType.BOOLEAN, absent=False),
    ]
)


def clause(
    when: Condition, effect: Mapping[str, Json], start: date, until: date | None = None
) -> Clause:
    """Make a clause in force from a day, until a day."""
    return Clause("a", None, Period(start, until), date(2026, 1, 1), when, effect)


def measure(
    name: str, *clauses: Clause, question: str = "lane", cases: Sequence[Case] = ()
) -> Measure:
    """Make a measure out of clauses."""
    citation = Citation("a test", "V")
    texts = {"en": name}
    return Measure(name, "tests", question, texts, texts, citation, "", clauses, tuple(cases))


def rulebook(*measures: Measure, vocabulary: Vocabulary = FACTS) -> Rulebook:
    """Make a rulebook with one question that has one answer and one whose answers add up."""
    questions = {
        "lane": Question("lane", {"en": "lane"}, {"lane": "staffed"}, several=False),
        "help": Question("help", {"en": "help"}, {}, several=True),
    }
    return Rulebook("test", vocabulary, questions, measures)


# ---------------------------------------------------------------------------- at the lane

CN_STAFFED = Place("GONGBEI", "adjacent_hk_macao", "STAFF_HMT-1", "STAFF_HMT", None)
CN_GATE = Place("HENGQIN", "adjacent_hk_macao", "ECHANNEL-1", "ECHANNEL", "fast")
AIRPORT_GATE = Place("PVG", None, "ECHANNEL-1", "ECHANNEL", "fast")
IN_ORDER = Standing("valid", enrolled=True)


def presented(
    kind: str = "HRP",
    *,
    number: str = "H00000000",
    nationality: str = "CHN",
    birth: date | None = date(1990, 1, 1),
    expiry: date | None = date(2030, 1, 1),
    checks: tuple[Check, ...] = (),
    direction: Direction = Direction.ENTRY,
    companion: Companion | None = None,
    verified: bool | None = True,
) -> Presented:
    """Make a presentation that is in order unless a part is named."""
    document = Identified(kind, number, nationality, nationality, birth, "M", expiry)
    return Presented(document, checks, direction, companion, verified)


def shown(
    lines: Sequence[str],
    on: date,
    *,
    name: str = "cn",
    direction: Direction = Direction.ENTRY,
    companion: Companion | None = None,
    verified: bool | None = True,
) -> Presented:
    """Read a zone and present it."""
    mrz = read_mrz(lines, on)
    found = pack(name)
    kind = identify_kind(mrz, found.documents.values(), found.national_issuers)
    return Presented(identified(mrz, kind), mrz.checks, direction, companion, verified)


def endorsement(until: date = date(2030, 1, 1), left: int | None = 1) -> Companion:
    """Make an endorsement."""
    return Companion("endorsement", "G", until, left)


def visa(until: date = date(2030, 1, 1), left: int | None = 1) -> Companion:
    """Make a visa."""
    return Companion("visa", "L", until, left)


# ---------------------------------------------------------------------------- requests


def instant(text: str) -> datetime:
    """Read "2023-06-01 12:00" as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def passage(nonce: str, presentation: Presented, occurred_at: datetime) -> PassageRequest:
    """Make a request to clear one passage, with fresh ids."""
    ids = (clock.new_id(), clock.new_id(), clock.new_id())
    return PassageRequest(*ids, nonce, presentation, occurred_at)


def inspection(
    nonce: str, occurred_at: datetime, kind: str = "vehicle", mark: str = "ABC 123"
) -> InspectionRequest:
    """Make a request to record one conveyance."""
    ids = (clock.new_id(), clock.new_id())
    return InspectionRequest(*ids, nonce, kind, mark, Direction.ENTRY, occurred_at)


# ---------------------------------------------------------------------------- records


def inspected(number: int = 1, day: date = date(2023, 6, 1)) -> Event:
    """Make an event that a figure counts."""
    at = datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)
    return Event(
        id=clock.new_id(),
        kind=EventKind.CONVEYANCE_INSPECTED,
        actor="test",
        occurred_at=at,
        day=day,
        port="GONGBEI",
        direction="entry",
        conveyance_kind="vehicle",
        quantity=number,
        payload={"inspection": str(clock.new_id())},
    )


def kept_entries(*kinds: EventKind) -> list[KeptEntry]:
    """Read the ledger's entries of these kinds in their order; of all kinds if none is named."""
    found = entries_between(settings.GUOMEN_NODE, FIRST_MARK, LAST_MARK)
    readable = [one for one in found if isinstance(one, KeptEntry)]
    return [one for one in readable if not kinds or one.event.kind in kinds]


def seal_now(at: datetime = datetime(2023, 7, 1, tzinfo=UTC)) -> Head | None:
    """Seal what is committed, as the worker does."""
    let_other_databases_end()
    return seal_entries(node=settings.GUOMEN_NODE, private_key=settings.GUOMEN_SEAL_KEY, at=at)


_RUNNING_ELSEWHERE = """
SELECT pid, backend_xid::text FROM pg_stat_activity WHERE backend_xid IS NOT NULL
AND (datname <> current_database() OR backend_type <> 'client backend')
"""


def let_other_databases_end() -> None:
    """Wait until what runs in other databases of the server has ended.

    PostgreSQL counts transactions for the whole server, so one that runs in another worker's
    database keeps entries here for the next seal. Ours cannot wait for a next one.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING_ELSEWHERE)
        running = set(cursor.fetchall())
        for attempt in count():
            if not running:
                return
            assert attempt < 6000, f"still running after a minute: {running}"
            cursor.execute("SELECT pg_sleep(0.01)")
            cursor.execute(_RUNNING_ELSEWHERE)
            running &= set(cursor.fetchall())
