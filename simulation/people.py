"""The synthetic population: holders and documents of each kind, repeatable from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from guomen.apps.registry.operations import DocumentRegistered, Registration, register_documents
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.identifiers import entry_id, record_id
from guomen.core.travel_documents import DocumentKind, Identified
from guomen.jurisdiction import Jurisdiction

REGISTERED_ON = date(2021, 12, 31)
BATCH = 500

REGISTRAR = Actor(ActorKind.SYSTEM, "simulation", frozenset({Duty.REGISTER_DOCUMENT}))

_SYLLABLES = ("LI", "WANG", "CHEN", "HE", "LIN", "MEI", "YUN", "HAO", "JING", "TAO", "FANG", "BO")
_NATIONS = ("KOR", "JPN", "USA", "RUS", "VNM", "SGP", "DEU", "FRA", "GBR", "THA", "MYS", "UTO")


@dataclass(frozen=True, slots=True)
class Pool:
    """Documents of one kind; `kept` says whether they stand in the register."""

    name: str
    kind: str
    kept: bool
    documents: tuple[Identified, ...]


@dataclass(frozen=True, slots=True)
class PoolPlan:
    """How many documents of which kind, how numbered, and when they expire."""

    name: str
    kind: str
    prefix: str
    digits: int
    expire: tuple[date, date]
    kept: bool = True


_CURRENT = (date(2024, 1, 1), date(2032, 12, 31))
_EXTENDED = (date(2020, 1, 1), date(2023, 5, 1))
_TOO_OLD = (date(2018, 1, 1), date(2019, 12, 31))

PLANS = (
    PoolPlan("EEP_HKM", "EEP_HKM", "C", 8, _CURRENT),
    PoolPlan("PPT_ORD", "PPT_ORD", "E", 8, _CURRENT),
    PoolPlan("HRP", "HRP", "H1", 7, _CURRENT),
    PoolPlan("HRP-extended", "HRP", "H2", 7, _EXTENDED),
    PoolPlan("HRP-too-old", "HRP", "H3", 7, _TOO_OLD),
    PoolPlan("TWP_5", "TWP_5", "1", 7, _CURRENT),
    PoolPlan("BORDER_PASS", "BORDER_PASS", "B", 8, _CURRENT),
    PoolPlan("PPT_FOR", "PPT_FOR", "F", 8, _CURRENT, kept=False),
)


def make_pool(plan: PoolPlan, size: int, seed: int) -> Pool:
    """Make the documents of one pool; the same seed gives the same documents."""
    random = Random(f"{seed}:{plan.name}")
    numbers = random.sample(range(1, 10**plan.digits), size)
    documents = tuple(_document(plan, number, random) for number in numbers)
    return Pool(plan.name, plan.kind, plan.kept, documents)


def _document(plan: PoolPlan, number: int, random: Random) -> Identified:
    foreign = not plan.kept
    nation = random.choice(_NATIONS) if foreign else "CHN"
    first, last = plan.expire
    return Identified(
        kind=plan.kind,
        number=f"{plan.prefix}{number:0{plan.digits}d}",
        issuer=nation,
        nationality=nation,
        birth_date=date(1940, 1, 1) + timedelta(days=random.randrange(24_000)),
        sex=random.choice("MF"),
        expiry_date=first + timedelta(days=random.randrange((last - first).days + 1)),
    )


def register_pool(pool: Pool, jurisdiction: Jurisdiction, seed: int) -> None:
    """Register a pool through the register's own operation; a batch that is there is passed over."""
    random = Random(f"{seed}:{pool.name}:register")
    kind = jurisdiction.documents[pool.kind]
    at = datetime.combine(REGISTERED_ON, datetime.min.time(), UTC)
    rows = [_registration(one, kind, at, random) for one in pool.documents]
    for start in range(0, len(rows), BATCH):
        _register(rows[start : start + BATCH], at)


def _register(rows: Sequence[Registration], at: datetime) -> None:
    try:
        register_documents(actor=REGISTRAR, at=at, day=REGISTERED_ON, registrations=rows)
    except DocumentRegistered:
        return  # an earlier run, stopped half-way, has done this batch


def _registration(
    document: Identified, kind: DocumentKind, at: datetime, random: Random
) -> Registration:
    name = f"{random.choice(_SYLLABLES)}, {random.choice(_SYLLABLES)}{random.choice(_SYLLABLES)}"
    return Registration(
        entry=entry_id(random.randbytes(16)),
        person=record_id(at, random.randbytes(10)),
        document_id=record_id(at, random.randbytes(10)),
        kind=kind,
        document=document,
        holder_name=name,
        issued_on=REGISTERED_ON - timedelta(days=random.randrange(1, 3000)),
    )
