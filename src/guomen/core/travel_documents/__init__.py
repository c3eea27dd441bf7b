"""Travel documents: their kinds, their numbers and their machine-readable zones (ICAO Doc 9303)."""

from guomen.core.travel_documents.check_digits import mod_11_2, weighted_7_3_1
from guomen.core.travel_documents.kinds import (
    DocumentKind,
    Identified,
    KindUnknown,
    identified,
    identify_kind,
    number_key,
)
from guomen.core.travel_documents.mrz import MachineReadable, MrzUnreadable, read_mrz
from guomen.core.travel_documents.plans import Check
from guomen.core.travel_documents.states import state_code

__all__ = [
    "Check",
    "DocumentKind",
    "Identified",
    "KindUnknown",
    "MachineReadable",
    "MrzUnreadable",
    "identified",
    "identify_kind",
    "mod_11_2",
    "number_key",
    "read_mrz",
    "state_code",
    "weighted_7_3_1",
]
