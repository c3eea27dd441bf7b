"""An interchange as records: who sends what to whom, its groups, and the messages inside."""

from dataclasses import dataclass
from datetime import date, time

from guomen.core.advance_lists import AdvanceList, Written
from guomen.core.messages.characters import USUAL, ServiceCharacters
from guomen.core.messages.findings import Finding


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or recipient: its name, and the code list that the name is from."""

    name: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """UNB. `day` and `at` are when it was prepared, by the sender's clock; `test`: not for real."""

    syntax: str
    version: str
    sender: Party
    recipient: Party
    reference: str
    day: date | None = None
    at: time | None = None
    application: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHeader:
    """UNG; a group may also have none."""

    kind: str
    sender: Party
    recipient: Party
    reference: str
    day: date | None = None
    at: time | None = None
    agency: str = "UN"
    version: str = "D"
    release: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of a split list a message is; all parts share `access`."""

    access: str = ""
    number: int = 1
    last: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One PAXLST: its header, the list it holds, the totals it states, and what else it says.

    `totals` are pairs of a control code (41 crew, 42 passengers) and a number. `references` are a
    kind, a value and a revision.
    """

    reference: str
    version: str
    release: str
    agency: str
    association: str
    part: Part
    list: AdvanceList
    references: tuple[tuple[str, str, str], ...] = ()
    totals: tuple[tuple[str, int], ...] = ()
    unread: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Messages under one UNG, or under none."""

    header: GroupHeader | None
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interchange:
    """What arrived, or is to be sent; `findings` tell what was mended on reading."""

    header: Header
    groups: tuple[Group, ...]
    characters: ServiceCharacters = USUAL
    findings: tuple[Finding, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages in order."""
        return tuple(message for group in self.groups for message in group.messages)
