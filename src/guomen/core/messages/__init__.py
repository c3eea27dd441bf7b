"""The field's messages: passenger and crew lists as UN/EDIFACT PAXLST, and as tables."""

from guomen.core.messages.cells import CellFinding
from guomen.core.messages.characters import USUAL, ServiceCharacters
from guomen.core.messages.findings import (
    Finding,
    ListDoubtful,
    MessageUnreadable,
    require_sound,
)
from guomen.core.messages.interchange import (
    Group,
    GroupHeader,
    Header,
    Interchange,
    Message,
    Part,
    Party,
)
from guomen.core.messages.joining import Joined, join_parts
from guomen.core.messages.paxlst import read_paxlst
from guomen.core.messages.tables import TableReading, TableUnreadable, read_table
from guomen.core.messages.writing import write_paxlst

__all__ = [
    "USUAL",
    "CellFinding",
    "Finding",
    "Group",
    "GroupHeader",
    "Header",
    "Interchange",
    "Joined",
    "ListDoubtful",
    "Message",
    "MessageUnreadable",
    "Part",
    "Party",
    "ServiceCharacters",
    "TableReading",
    "TableUnreadable",
    "join_parts",
    "read_paxlst",
    "read_table",
    "require_sound",
    "write_paxlst",
]
