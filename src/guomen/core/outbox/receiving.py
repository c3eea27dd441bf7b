"""The centre's side: which acts of a batch are new, and what may not follow on what is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from guomen.core.outbox.acts import NO_ACT, NumberedAct, is_signed_act
from guomen.core.refusal import Nature, Refusal


class ActsMissing(Refusal):
    """The batch begins beyond the act that is expected, or leaves one out."""

    code = "node.acts_missing"
    nature = Nature.CONFLICT


class ActsForked(Refusal):
    """An act names another predecessor than the one that is here: a restored node, or a forgery."""

    code = "node.acts_forked"
    nature = Nature.CONFLICT


class ActsUnsigned(Refusal):
    """The signature over the last act is not of the node's key."""

    code = "node.acts_unsigned"
    nature = Nature.NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Received:
    """The last act that the centre has of a node."""

    number: int = 0
    digest: str = NO_ACT


@dataclass(frozen=True, slots=True)
class FreshAct:
    """An act that is to be stored, with its digest."""

    act: NumberedAct
    digest: str


def fresh_acts(
    have: Received, acts: Sequence[NumberedAct], signature: bytes, public_key: bytes
) -> tuple[FreshAct, ...]:
    """Give the acts of a batch that are new, in their order.

    Those that are here already are left out. `signature` is that of the last act: each act's
    digest covers the one before, so it vouches for the whole batch, and one verification (141 µs
    measured) does for two thousand acts. Refuses a gap with the number that is expected, a chain
    that does not follow on what is here, and a signature that is not the node's.
    """
    if not acts:
        return ()
    if acts[0].number > have.number + 1:
        raise ActsMissing(expected=have.number + 1, given=acts[0].number)
    chained = _chained(acts)
    if not is_signed_act(chained[-1].digest, signature, public_key):
        raise ActsUnsigned(number=acts[-1].number)
    _refuse_fork(have, chained)
    return tuple(one for one in chained if one.act.number > have.number)


def _chained(acts: Sequence[NumberedAct]) -> list[FreshAct]:
    found: list[FreshAct] = []
    for act in acts:
        if found and act.number != found[-1].act.number + 1:
            raise ActsMissing(expected=found[-1].act.number + 1, given=act.number)
        if found and act.previous != found[-1].digest:
            raise ActsForked(number=act.number)
        found.append(FreshAct(act, act.digest()))
    return found


def _refuse_fork(have: Received, chained: Sequence[FreshAct]) -> None:
    for one in chained:
        is_last_here = one.act.number == have.number and one.digest != have.digest
        follows = one.act.number == have.number + 1 and one.act.previous != have.digest
        if is_last_here or follows:
            raise ActsForked(number=one.act.number)
