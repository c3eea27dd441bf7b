"""Reads a table of travellers, as small carriers send it, into an advance list, cell by cell."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from guomen.core.advance_lists import (
    AdvanceList,
    Call,
    Conveyance,
    Leg,
    ListedDocument,
    ListKind,
    Place,
    PlaceRole,
    Role,
    Traveller,
    direction_of,
)
from guomen.core.messages.cells import (
    CellFinding,
    CellUnreadable,
    Value,
    day_of,
    state_of,
    text_of,
    time_of,
    word_of,
)
from guomen.core.messages.headings import (
    ANSWERS,
    COLUMNS,
    CONVEYANCES,
    KINDS,
    PREFACE,
    ROLES,
    SEXES,
    folded,
)
from guomen.core.refusal import Nature, Refusal

_LOOK_AT_MOST = 50
"""Rows in which the headings are looked for."""


class TableUnreadable(Refusal):
    """The table has no headings from which its columns could be told."""

    code = "table.unreadable"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class TableReading:
    """The list as far as it was read, and every cell that was not, or was mended."""

    list: AdvanceList
    findings: tuple[CellFinding, ...]


def read_table(
    rows: Iterable[Sequence[Value]],
    on: date,
    home: Callable[[str], bool],
    states: Mapping[str, str] | None = None,
) -> TableReading:
    """Read rows: first what the list is of, as pairs of a heading and a value, then the travellers.

    `on`: a birth after that day is told. `home` tells whether a port lies in the jurisdiction.
    `states` gives three letters for folded names of states. A row with a bad cell is left out and
    each of its bad cells told. Refused with `table.unreadable` where no row of headings is found.
    """
    numbered = [(number, list(row)) for number, row in enumerate(rows, 1)]
    at = _headings_at(numbered)
    reader = _Reader(on, states or {})
    preface = reader.preface(numbered[:at])
    columns = reader.columns(*numbered[at])
    found = (reader.traveller(number, row, columns) for number, row in numbered[at + 1 :])
    travellers = tuple(one for one in found if one is not None)
    crossing = _crossing(preface)
    crew = bool(travellers) and all(one.role is Role.CREW for one in travellers)
    made = AdvanceList(
        kind=ListKind.CREW if crew else ListKind.PASSENGERS,
        crossing=crossing,
        direction=direction_of(crossing, home),
        travellers=travellers,
    )
    return TableReading(made, tuple(reader.findings))


def _headings_at(numbered: Sequence[tuple[int, list[Value]]]) -> int:
    for index, (_, row) in enumerate(numbered[:_LOOK_AT_MOST]):
        named = {COLUMNS.get(folded(text_of(value))) for value in row} - {None}
        if {"surname", "name"} & named and len(named) >= 2:
            return index
    looked = min(len(numbered), _LOOK_AT_MOST)
    raise TableUnreadable(why="empty" if not numbered else "no_headings", rows=looked)


def _crossing(preface: Mapping[str, object]) -> Leg | None:
    departure, arrival = (_call(preface, one) for one in ("departure", "arrival"))
    conveyance, mark = preface.get("conveyance"), str(preface.get("mark") or "")
    if not isinstance(conveyance, Conveyance) or departure is None or arrival is None:
        return None
    carrier = str(preface.get("carrier") or "")
    return Leg(
        conveyance=conveyance, carrier=carrier, mark=mark, departure=departure, arrival=arrival
    )


def _call(preface: Mapping[str, object], end: str) -> Call | None:
    port, day, at = (preface.get(f"{end}_{what}") for what in ("port", "day", "time"))
    if not port:
        return None
    return Call(
        str(port),
        day if isinstance(day, date) else None,
        at if isinstance(at, time) else None,
    )


def column_name(number: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name


class _Reader:
    """Reads the cells of one table, remembering what is wrong."""

    def __init__(self, on: date, states: Mapping[str, str]) -> None:
        self.on, self.states = on, states
        self.findings: list[CellFinding] = []
        self.headed: set[int] = set()
        self.cells: dict[str, Callable[[Value], object]] = {
            "surname": _upper,
            "given_names": _upper,
            "name": _upper,
            "birth_date": self._birth,
            "sex": lambda value: word_of(value, SEXES, "sex"),
            "nationality": lambda value: state_of(value, states),
            "document_kind": lambda value: word_of(value, KINDS, "kind"),
            "document_number": _upper,
            "issuer": lambda value: state_of(value, states),
            "expiry_date": day_of,
            "role": lambda value: Role(word_of(value, ROLES, "role") or Role.PASSENGER),
            "transit": lambda value: word_of(value, ANSWERS, "answer") == "yes",
            "embarkation": _upper,
            "debarkation": _upper,
            "carrier": _upper,
            "conveyance": _conveyance,
            "mark": _upper,
            "departure_port": _upper,
            "departure_day": day_of,
            "departure_time": time_of,
            "arrival_port": _upper,
            "arrival_day": day_of,
            "arrival_time": time_of,
        }

    def preface(self, numbered: Iterable[tuple[int, list[Value]]]) -> dict[str, object]:
        """Read the pairs above the headings; a missing one that a crossing needs is told."""
        said: dict[str, object] = {}
        for number, row in numbered:
            if not any(text_of(one) for one in row):
                continue
            field = PREFACE.get(folded(text_of(row[0])))
            if field is None or field in said:
                self._tell("line_unread", number, "A", "", grave=False)
                continue
            said[field] = self._cell(field, number, 1, row[1] if len(row) > 1 else None)
            self._tell_beside(number, row, (0, 1))
        for field in ("conveyance", "departure_port", "arrival_port"):
            if not said.get(field):
                self._tell("missing", 0, "", field)
        return said

    def columns(self, number: int, row: Sequence[Value]) -> dict[str, int]:
        """Tell which column holds which field; unknown and repeated headings are told."""
        columns: dict[str, int] = {}
        self.headed = {index for index, value in enumerate(row) if text_of(value)}
        for index, value in enumerate(row):
            text = text_of(value)
            field = COLUMNS.get(folded(text))
            if field is not None and field not in columns:
                columns[field] = index
            elif text:
                code = "heading_unknown" if field is None else "heading_double"
                self._tell(code, number, column_name(index), text[:30], grave=False)
        if "surname" in columns and "name" in columns:
            self._tell("heading_double", number, column_name(columns.pop("name")), "", grave=False)
        for field in ("document_number", "document_kind"):
            if field not in columns:
                self._tell("column_missing", number, "", field, grave=False)
        return columns

    def traveller(
        self, number: int, row: Sequence[Value], columns: Mapping[str, int]
    ) -> Traveller | None:
        """Read one row; None for an empty one, and for one with a bad cell, which is told."""
        if not any(text_of(value) for value in row):
            return None
        before = len(self.findings)
        said = {
            field: self._cell(field, number, index, row[index] if index < len(row) else None)
            for field, index in columns.items()
        }
        self._tell_beside(number, row, self.headed)
        self._tell_document(number, said, columns)
        surname, given = self._names(number, said, columns)
        if not surname and not any(one.field == "surname" for one in self.findings[before:]):
            column = columns.get("surname", columns.get("name", 0))
            self._tell("missing", number, column_name(column), "surname")
        if any(one.grave for one in self.findings[before:]):
            return None
        return _traveller(said, surname, given)

    def _tell_document(
        self, number: int, said: Mapping[str, object], columns: Mapping[str, int]
    ) -> None:
        """Tell an empty cell where others of the table have a number, or a kind beside a number."""
        for field in ("document_number", "document_kind"):
            needed = field == "document_number" or said.get("document_number")
            if field in columns and needed and said.get(field) == "":
                self._tell("missing", number, column_name(columns[field]), field, grave=False)

    def _tell_beside(self, number: int, row: Sequence[Value], headed: Collection[int]) -> None:
        """Tell a value in a column that has no heading."""
        for index, value in enumerate(row):
            if index not in headed and text_of(value):
                self._tell("cell_unread", number, column_name(index), "", grave=False)

    def _names(
        self, number: int, said: Mapping[str, object], columns: Mapping[str, int]
    ) -> tuple[str, str]:
        surname, given = str(said.get("surname") or ""), str(said.get("given_names") or "")
        whole = str(said.get("name") or "")
        if surname or not whole:
            return surname, given
        for mark in ("/", ","):
            if mark in whole:
                first, _, rest = (part.strip() for part in whole.partition(mark))
                return first, rest
        self._tell("name_undivided", number, column_name(columns["name"]), "name", grave=False)
        return whole, given

    def _cell(self, field: str, row: int, column: int, value: Value) -> object:
        try:
            return self.cells[field](value)
        except CellUnreadable as wrong:
            self._tell(wrong.code, row, column_name(column), field, wrong.found)
            return None

    def _birth(self, value: Value) -> date | None:
        day = day_of(value)
        if day is not None and day > self.on:
            raise CellUnreadable("birth_in_future")
        return day

    def _tell(
        self, code: str, row: int, column: str, field: str, found: str = "", grave: bool = True
    ) -> None:
        self.findings.append(
            CellFinding(
                code=f"table.{code}", row=row, column=column, field=field, found=found, grave=grave
            )
        )


def _traveller(said: Mapping[str, object], surname: str, given: str) -> Traveller:
    birth, role = said.get("birth_date"), said.get("role")
    return Traveller(
        role=role if isinstance(role, Role) else Role.PASSENGER,
        surname=surname,
        given_names=given,
        transit=bool(said.get("transit")),
        sex=str(said.get("sex") or ""),
        birth_date=birth if isinstance(birth, date) else None,
        nationality=str(said.get("nationality") or ""),
        documents=_documents(said),
        places=tuple(
            Place(place, str(said[place]))
            for place in (PlaceRole.EMBARKATION, PlaceRole.DEBARKATION)
            if said.get(place)
        ),
    )


def _documents(said: Mapping[str, object]) -> tuple[ListedDocument, ...]:
    number, expiry = str(said.get("document_number") or ""), said.get("expiry_date")
    # A number without a kind is a passport's: nothing else crosses a border so often.
    kind, issuer = str(said.get("document_kind") or ""), str(said.get("issuer") or "")
    if not number and not issuer and expiry is None:
        return ()
    return (
        ListedDocument(
            kind=kind or "P",
            number=number,
            issuer=issuer,
            expiry_date=expiry if isinstance(expiry, date) else None,
        ),
    )


def _upper(value: Value) -> str:
    return text_of(value).upper()


def _conveyance(value: Value) -> Conveyance | None:
    word = word_of(value, CONVEYANCES, "conveyance")
    return Conveyance(word) if word else None
