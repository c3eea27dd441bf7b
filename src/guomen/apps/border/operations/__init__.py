"""The acts at the lanes."""

from guomen.apps.border.operations.conveyances import InspectionRequest, inspect_conveyances
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
    "InspectionRequest",
    "LegalBasisMissing",
    "NonceReused",
    "PassageRequest",
    "Presentation",
    "TimeUnlikely",
    "clear_passage",
    "clear_passages",
    "decide_referral",
    "inspect_conveyances",
]
