"""The acts on the register."""

from guomen.apps.registry.operations.alerts import (
    AlertOfAnotherDocument,
    AlertProposal,
    SecondOfficerNeeded,
    confirm_alert,
    end_alert,
    lapse_next_alert,
    propose_alert,
    refuse_alert,
    review_alert,
)
from guomen.apps.registry.operations.documents import (
    DocumentRegistered,
    DocumentUnknown,
    Passed,
    Registration,
    change_document_status,
    note_passed,
    register_documents,
)
from guomen.apps.registry.operations.standings import adopt_standings, note_changes

__all__ = [
    "AlertOfAnotherDocument",
    "AlertProposal",
    "DocumentRegistered",
    "DocumentUnknown",
    "Passed",
    "Registration",
    "SecondOfficerNeeded",
    "adopt_standings",
    "change_document_status",
    "confirm_alert",
    "end_alert",
    "lapse_next_alert",
    "note_changes",
    "note_passed",
    "propose_alert",
    "refuse_alert",
    "register_documents",
    "review_alert",
]
