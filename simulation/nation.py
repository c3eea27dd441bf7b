"""Lets the synthetic nation happen: every record passes through the product's own operations."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from uuid import UUID

from guomen.apps.border.operations import (
    PassageRequest,
    Presentation,
    clear_passages,
    decide_referral,
    inspect_conveyances,
)
from guomen.apps.border.queries import PassageAnswer
from guomen.apps.ledger.operations import declare_simulation
from guomen.apps.ledger.queries import simulation as declared
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.clearance import Place
from guomen.core.identifiers import entry_id
from guomen.core.refusal import Refusal
from guomen.core.time import local_day
from guomen.core.transitions import TransitionNotPermitted
from guomen.jurisdiction import Jurisdiction
from simulation.calibration import HALF_YEARS, HalfYear
from simulation.people import PLANS, Pool, PoolPlan, make_pool, register_pool
from simulation.traffic import LaneBatch, Traffic, apportion, months_of, scaled, streams_of

LANES = Actor(
    ActorKind.SYSTEM,
    "simulation",
    frozenset({Duty.CLEAR_PASSAGE, Duty.INSPECT_CONVEYANCE, Duty.DECLARE_SIMULATION}),
)
LARGEST_BATCH = 2000

NO_ENTRY_BASIS = "出境入境管理法第12条 / Exit and Entry Administration Law, Art. 12"

Progress = Callable[[str, int, int], None]
"""Told after each step: what, how much is done, how much there is."""


@dataclass(frozen=True, slots=True)
class Nation:
    """Scale (as written, "0.001"), seed, and the officer who decides referrals."""

    jurisdiction: Jurisdiction
    scale_text: str
    seed: int
    officer: str

    @property
    def scale(self) -> Fraction:
        """The scale as an exact number."""
        return Fraction(self.scale_text)

    def run(self, progress: Progress, now: datetime) -> None:
        """Declare, register the people, and run both half-years; what was done is passed over."""
        if declared() is None:
            self._declare(now)
        pools = {plan.name: self._people(plan, progress) for plan in PLANS}
        for half in HALF_YEARS:
            self._half_year(half, pools, progress)

    def _declare(self, now: datetime) -> None:
        declare_simulation(
            actor=LANES,
            at=now,
            entry=entry_id(Random(self.seed).randbytes(16)),
            scale=self.scale_text,
            seed=self.seed,
            periods=[half.code for half in HALF_YEARS],
        )

    def _people(self, plan: PoolPlan, progress: Progress) -> Pool:
        # One document for about fifty crossings at full scale, but never too few to be a crowd.
        size = min(4_000_000, max(100, int(1_600_000 * self.scale)))
        pool = make_pool(plan, size, self.seed)
        if pool.kept:
            register_pool(pool, self.jurisdiction, self.seed)
        progress("people", PLANS.index(plan) + 1, len(PLANS))
        return pool

    def _half_year(self, half: HalfYear, pools: dict[str, Pool], progress: Progress) -> None:
        traffic = Traffic(half, pools, self.jurisdiction, self.seed)
        conveyances = scaled(half.conveyances, self.scale)
        months = months_of(half.code)
        for number, streams in enumerate(streams_of(half, self.scale)):
            for batch in traffic.month(streams):
                self._lane(batch)
            counts = {
                kind: apportion(quarters[number // 3], (1, 1, 1))[number % 3]
                for kind, quarters in conveyances.items()
            }
            for port, requests in traffic.inspections(counts, months[number]):
                inspect_conveyances(
                    actor=LANES,
                    at=max(one.occurred_at for one in requests),
                    port=port,
                    requests=requests,
                    jurisdiction=self.jurisdiction,
                )
            progress(half.code, number + 1, len(months))

    def _lane(self, batch: LaneBatch) -> None:
        port = self.jurisdiction.ports[batch.port]
        lane = self.jurisdiction.lanes[batch.lane_kind]
        place = Place(port.code, port.group, f"{lane.code}-1", lane.code, lane.opened_by)
        for part in _parts(batch):
            answers = clear_passages(
                at=max(one.occurred_at for one in part).astimezone(UTC),
                presentations=[Presentation(LANES, place, one, self.jurisdiction) for one in part],
            )
            nonces = [one.nonce for one in part]
            self._referrals(answers, nonces, batch)

    def _referrals(
        self, answers: Sequence[PassageAnswer | Refusal], nonces: Sequence[str], batch: LaneBatch
    ) -> None:
        officer = Actor(
            ActorKind.OFFICER, self.officer, frozenset({Duty.DECIDE_REFERRAL}), batch.port
        )
        for nonce, answer in zip(nonces, answers, strict=True):
            if isinstance(answer, PassageAnswer) and answer.referral is not None:
                self._decide(officer, answer, answer.referral, nonce in batch.not_admitted)

    def _decide(
        self, officer: Actor, answer: PassageAnswer, referral: UUID, turned_back: bool
    ) -> None:
        at = answer.occurred_at + timedelta(minutes=12)
        # The same day at the port: a referral just before midnight is decided before it.
        day = local_day(answer.occurred_at, self.jurisdiction.zone)
        try:
            decide_referral(
                actor=officer,
                at=at,
                day=day,
                entry=entry_id(Random(str(answer.passage)).randbytes(16)),
                referral=referral,
                outcome="not_admitted" if turned_back else "admitted",
                legal_basis=NO_ENTRY_BASIS if turned_back else "",
                note="",
            )
        except TransitionNotPermitted:
            return  # decided by an earlier run that was stopped half-way


def _parts(batch: LaneBatch) -> Iterator[Sequence[PassageRequest]]:
    for start in range(0, len(batch.requests), LARGEST_BATCH):
        yield batch.requests[start : start + LARGEST_BATCH]
