"""Keeps at the centre what came from a port node: once, in order, as it was recorded there."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from guomen.apps.accounts.queries import ports_of_devices
from guomen.apps.border.decisions import DECISION, DecisionRecord, read_decision
from guomen.apps.border.models import Passage, Referral
from guomen.apps.border.nodes import NodeAtWork
from guomen.apps.border.operations.writing import write_decision, write_passages
from guomen.apps.border.queries import kept_passages
from guomen.apps.border.records import PASSAGE, PassageRecord, read_passage
from guomen.apps.ledger.acts import part_of_act
from guomen.core.outbox import NumberedAct
from guomen.core.refusal import Nature, Refusal

_KEYS = 400
"""So many actors and nonces in one query."""


class ActUnfit(Refusal):
    """A signed act that is no act of this node's port: the node is broken, or not its own."""

    code = "node.act_unfit"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class Kept:
    """The passage or referral that holds an act here, and whether it was new."""

    record: UUID
    stored: bool


_Sent = tuple[NumberedAct, PassageRecord]


@part_of_act
def keep_arrived(*, acts: Sequence[NumberedAct], node: NodeAtWork, at: datetime) -> list[Kept]:
    """Keep acts in their order; refuse all of them where one does not fit or is of another port.

    Passages that follow one another are written together, decisions one by one between them.
    """
    kept: list[Kept] = []
    for run in _runs(acts):
        if isinstance(run, list):
            kept += _keep_passages(run, node, at)
        else:
            kept.append(_keep_decision(*run, node, at))
    return kept


def _runs(
    acts: Sequence[NumberedAct],
) -> Iterator[list[_Sent] | tuple[NumberedAct, DecisionRecord]]:
    passages: list[_Sent] = []
    for act in acts:
        record = _read(act)
        if isinstance(record, PassageRecord):
            passages.append((act, record))
            continue
        if passages:
            yield passages
        passages = []
        yield act, record
    if passages:
        yield passages


def _read(act: NumberedAct) -> PassageRecord | DecisionRecord:
    try:
        told: Any = json.loads(act.content)
        if told["act"] == DECISION:
            return read_decision(told)
        if told["act"] == PASSAGE:
            return read_passage(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ActUnfit(number=act.number, why=f"{type(error).__name__}: {error}"[:200]) from None
    raise ActUnfit(number=act.number, why="nobody knows this kind of act")


def _keep_passages(sent: Sequence[_Sent], node: NodeAtWork, at: datetime) -> list[Kept]:
    _require_here(sent, node)
    here = _here([record.key for _, record in sent])
    placed = [_placed(act, record, here.get(record.key)) for act, record in sent]
    write_passages(records=[one for one in placed if isinstance(one, PassageRecord)], at=at)
    return [Kept(one.id, isinstance(one, PassageRecord)) for one in placed]


def _require_here(sent: Sequence[_Sent], node: NodeAtWork) -> None:
    actors = {record.actor for _, record in sent}
    ports = ports_of_devices(references=[one for one in actors if _is_reference(one)])
    for act, record in sent:
        if (record.port, ports.get(record.actor)) != (node.port, node.port):
            raise ActUnfit(number=act.number, why="it is not of a device of this port")


def _is_reference(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _here(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Passage]:
    found: dict[tuple[str, str], Passage] = {}
    for start in range(0, len(keys), _KEYS):
        found |= kept_passages(keys=set(keys[start : start + _KEYS]))
    return found


def _placed(
    act: NumberedAct, record: PassageRecord, there: Passage | None
) -> PassageRecord | Passage:
    """Give the record that is to be written, or the passage that is here already."""
    if there is None:
        return record
    if there.content == record.content:
        return there
    # One nonce for two travellers is the gate's fault; both were answered, so both are kept.
    return replace(record, nonce=f"{act.node}:{act.number}")


def _keep_decision(
    act: NumberedAct, record: DecisionRecord, node: NodeAtWork, at: datetime
) -> Kept:
    row = _referral(record)
    if row is None or row.passage.port != node.port:
        raise ActUnfit(number=act.number, why="it decides no referral of this port")
    # Who decided first, here or there, has decided: the file shows it, and the act stays numbered.
    return Kept(row.id, write_decision(row=row, record=record, at=at))


def _referral(record: DecisionRecord) -> Referral | None:
    rows = Referral.objects.select_related("passage")
    key = {"passage__actor": record.passage_actor, "passage__nonce": record.passage_nonce}
    return rows.filter(pk=record.referral).first() or rows.filter(**key).first()
