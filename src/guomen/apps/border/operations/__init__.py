"""The acts at the lanes."""

from guomen.apps.border.operations.alerts import AlertsOpened, Suggestion, open_alerts
from guomen.apps.border.operations.arriving import ActUnfit
from guomen.apps.border.operations.conveyances import InspectionRequest, inspect_conveyances
from guomen.apps.border.operations.nodes import (
    Batch,
    NodeNameUnfit,
    enroll_node,
    note_heard,
    receive_acts,
    revoke_node,
)
from guomen.apps.border.operations.outbox import adopt_bundle, note_answer, note_refused
from guomen.apps.border.operations.passages import (
    NonceReused,
    PassageRequest,
    Presentation,
    TimeUnlikely,
    clear_passage,
    clear_passages,
)
from guomen.apps.border.operations.referrals import LegalBasisMissing, decide_referral

__all__ = [
    "ActUnfit",
    "AlertsOpened",
    "Batch",
    "InspectionRequest",
    "LegalBasisMissing",
    "NodeNameUnfit",
    "NonceReused",
    "PassageRequest",
    "Presentation",
    "Suggestion",
    "TimeUnlikely",
    "adopt_bundle",
    "clear_passage",
    "clear_passages",
    "decide_referral",
    "enroll_node",
    "inspect_conveyances",
    "note_answer",
    "note_heard",
    "note_refused",
    "open_alerts",
    "receive_acts",
    "revoke_node",
]
