"""Keeps tables of travellers readable in seven languages, and every bad cell told with its place."""

from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guomen.core.advance_lists import (
    Call,
    Conveyance,
    Leg,
    ListedDocument,
    ListKind,
    Place,
    PlaceRole,
    Role,
    Traveller,
)
from guomen.core.clearance import Direction
from guomen.core.messages import TableReading, TableUnreadable, read_table

ON = date(2024, 1, 5)
Row = Sequence[object]
PREFACE: list[Row] = [
    ["Conveyance", "bus"],
    ["Carrier", "Example Lines"],
    ["Number plate", "AB123"],
    ["Departure port", "VNMCA"],
    ["Departure date", "2024-01-05"],
    ["Departure time", "06:20"],
    ["Arrival port", "CNDXG"],
    [],
]
HEADINGS = ["Surname", "Given names", "Date of birth", "Sex", "Nationality", "Document type"]
HEADINGS += ["Document number", "Issuing state", "Expiry date"]
ANNA: list[object] = ["Eriksson", "Anna Maria", "1974-08-12", "F", "UTO", "P", "L898902C3", "UTO"]
ANNA += ["2030-04-15"]


def read(*rows: Row, preface: bool = True) -> TableReading:
    return read_table(
        [*(PREFACE if preface else ()), *rows],
        ON,
        lambda port: port.startswith("CN"),
        {"german": "DEU"},
    )


def told(*rows: Row) -> list[tuple[str, int, str]]:
    found = read(HEADINGS, *rows).findings
    return [(one.code.removeprefix("table."), one.row, one.column) for one in found]


def changed(column: int, value: object) -> list[object]:
    return [*ANNA[:column], value, *ANNA[column + 1 :]]


def test_table_is_read_whole() -> None:
    reading = read(HEADINGS, ANNA)
    assert reading.findings == ()
    assert reading.list.kind is ListKind.PASSENGERS
    assert reading.list.direction is Direction.ENTRY
    assert reading.list.crossing == Leg(
        conveyance=Conveyance.VEHICLE,
        carrier="EXAMPLE LINES",
        mark="AB123",
        departure=Call("VNMCA", ON, time(6, 20)),
        arrival=Call("CNDXG"),
    )
    assert reading.list.travellers == (
        Traveller(
            role=Role.PASSENGER,
            surname="ERIKSSON",
            given_names="ANNA MARIA",
            birth_date=date(1974, 8, 12),
            sex="F",
            nationality="UTO",
            documents=(
                ListedDocument(
                    kind="P", number="L898902C3", issuer="UTO", expiry_date=date(2030, 4, 15)
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    "headings",
    [
        ["姓", "名", "出生日期", "性别", "国籍", "证件种类", "证件号码", "签发国", "有效期至"],
        ["姓氏", "名字", "出生日期", "性別", "國籍", "證件種類", "證件號碼", "簽發國", "有效期"],
        ["Фамилия", "Имя", "Дата рождения", "Пол", "Гражданство", "Вид документа", "Номер документа",
         "Государство выдачи", "Действителен до"],
        ["Nom", "Prénoms", "Date de naissance", "Sexe", "Nationalité", "Type de document",
         "Numéro de document", "Pays de délivrance", "Date d’expiration"],
        ["Apellidos", "Nombres", "Fecha de nacimiento", "Sexo", "Nacionalidad", "Tipo de documento",
         "Número de documento", "País emisor", "Fecha de vencimiento"],
        ["اللقب", "الاسم", "تاريخ الميلاد", "الجنس", "الجنسية", "نوع الوثيقة", "رقم الوثيقة",
         "دولة الإصدار", "تاريخ الانتهاء"],
        [" SURNAME ", "GIVEN_NAMES", "date-of-birth", "gender:", "Citizenship", "Doc. type",
         "Passport No.", "Country of issue", "Valid until"],
    ],
)  # fmt: skip
def test_headings_are_understood_in_seven_languages(headings: list[str]) -> None:
    assert read(headings, ANNA) == read(HEADINGS, ANNA)


@pytest.mark.parametrize(
    "written",
    ["1974-08-12", "19740812", "1974/8/12", "1974年8月12日", "12.08.1974", "12 AUG 1974", "12-Aug-1974",
     "1974.08.12", date(1974, 8, 12), datetime(1974, 8, 12)],
)  # fmt: skip
def test_day_is_read_in_any_clear_form(written: object) -> None:
    [one] = read(HEADINGS, changed(2, written)).list.travellers
    assert one.birth_date == date(1974, 8, 12)


def test_day_that_may_be_a_month_is_asked_about() -> None:
    assert told(changed(2, "08/12/1974")) == [("date_ambiguous", 10, "C")]
    [one] = read(HEADINGS, changed(2, "13/12/1974")).list.travellers
    assert one.birth_date == date(1974, 12, 13)
    [two] = read(HEADINGS, changed(2, "12/13/1974")).list.travellers
    assert two.birth_date == date(1974, 12, 13)


@pytest.mark.parametrize(
    ("column", "value", "code", "letter"),
    [
        (0, "", "missing", "A"),
        (2, "12.08.74", "date", "C"),
        (2, 27253, "date", "C"),
        (2, "1974-02-30", "date", "C"),
        (2, "2024-01-06", "birth_in_future", "C"),
        (3, "?", "sex", "D"),
        (4, "Germany", "state", "E"),
        (5, "bus pass", "kind", "F"),
        (8, "soon", "date", "I"),
    ],
)
def test_bad_cell_is_told_with_row_and_column_and_its_row_left_out(
    column: int, value: object, code: str, letter: str
) -> None:
    assert told(ANNA, changed(column, value)) == [(code, 11, letter)]
    assert len(read(HEADINGS, ANNA, changed(column, value)).list.travellers) == 1


def test_every_bad_cell_of_a_row_is_told() -> None:
    row = ["", "Anna", "x", "?", "Germany", "P", "L1", "UTO", ""]
    assert [code for code, _, _ in told(row)] == ["date", "sex", "state", "missing"]


@pytest.mark.parametrize(
    ("sex", "read_as"), [("男", "M"), ("женский", "F"), ("Féminin", "F"), ("ذكر", "M"), ("", "")]
)
def test_words_are_understood_in_the_languages(sex: str, read_as: str) -> None:
    assert read(HEADINGS, changed(3, sex)).list.travellers[0].sex == read_as


def test_states_may_be_one_letter_for_germany_or_a_name_that_is_handed_in() -> None:
    assert read(HEADINGS, changed(4, "d")).list.travellers[0].nationality == "DEU"
    assert read(HEADINGS, changed(4, "German")).list.travellers[0].nationality == "DEU"


@pytest.mark.parametrize(
    ("written", "names"),
    [("Eriksson, Anna", ("ERIKSSON", "ANNA")), ("Eriksson/Anna", ("ERIKSSON", "ANNA"))],
)
def test_name_in_one_column_is_divided_at_its_mark(written: str, names: tuple[str, str]) -> None:
    [one] = read(["Full name", "Passport no"], [written, "L1"]).list.travellers
    assert (one.surname, one.given_names) == names


def test_undivided_name_is_told_and_kept_whole() -> None:
    reading = read(["姓名", "护照号码", "证件种类"], ["李雷", "E1", "护照"])
    assert [one.code for one in reading.findings] == ["table.name_undivided"]
    assert reading.list.travellers[0].surname == "李雷"


def test_roles_transit_and_places_are_read() -> None:
    headings = [*HEADINGS, "Role", "Transit", "Embarkation", "Debarkation"]
    [one] = read(headings, [*ANNA, "crew", "yes", "vnmca", "CNDXG"]).list.travellers
    assert (one.role, one.transit) == (Role.CREW, True)
    assert one.places == (
        Place(PlaceRole.EMBARKATION, "VNMCA"),
        Place(PlaceRole.DEBARKATION, "CNDXG"),
    )
    assert read(headings, [*ANNA, "crew"]).list.kind is ListKind.CREW


def test_numbers_of_documents_may_be_numbers_in_the_file() -> None:
    for value in (123456789, 123456789.0):
        [one] = read(HEADINGS, changed(6, value)).list.travellers
        assert one.documents[0].number == "123456789"


def test_what_is_not_read_is_told() -> None:
    headings = [*HEADINGS, "Shoe size", "Sex"]
    reading = read(headings, [*ANNA, "42", "F", "beyond"])
    assert [(one.code, one.column) for one in reading.findings] == [
        ("table.heading_unknown", "J"),
        ("table.heading_double", "K"),
        ("table.cell_unread", "L"),
    ]
    assert len(reading.list.travellers) == 1


def test_missing_number_or_kind_of_a_document_is_told_and_the_row_kept() -> None:
    assert told(changed(6, "")) == [("missing", 10, "G")]
    assert told(changed(5, "")) == [("missing", 10, "F")]
    assert len(read(HEADINGS, changed(6, "")).list.travellers) == 1


def test_table_without_its_preface_names_what_the_crossing_lacks() -> None:
    reading = read(HEADINGS, ANNA, preface=False)
    assert [one.field for one in reading.findings] == [
        "conveyance",
        "departure_port",
        "arrival_port",
    ]
    assert (reading.list.crossing, reading.list.direction) == (None, None)


def test_line_above_the_headings_that_nobody_understands_is_told() -> None:
    reading = read_table(
        [["Passenger list"], *PREFACE, HEADINGS, ANNA], ON, lambda port: port.startswith("CN")
    )
    assert [(one.code, one.row) for one in reading.findings] == [("table.line_unread", 1)]


@pytest.mark.parametrize(("rows", "why"), [([], "empty"), ([["a", "b"], [1, 2]], "no_headings")])
def test_table_without_headings_is_refused(rows: list[Row], why: str) -> None:
    with pytest.raises(TableUnreadable) as caught:
        read_table(rows, ON, lambda port: True)
    assert caught.value.facts["why"] == why


CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from(
        ["Surname", "姓名", "Passport", "Sex", "Carrier", "12/11/2000", "25:00", "0000-00-00"]
    ),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
@settings(max_examples=300)
def test_any_rows_are_read_or_refused_and_raise_nothing_else(rows: list[list[object]]) -> None:
    tables: list[list[Sequence[object]]] = [[*rows], [HEADINGS, *rows]]
    for headed in tables:
        try:
            read_table(headed, ON, lambda port: True)
        except TableUnreadable:
            continue


@given(st.lists(st.sampled_from(range(9)), max_size=9), st.lists(CELLS, min_size=9, max_size=9))
def test_row_is_read_whole_or_told(places: list[int], values: list[object]) -> None:
    row = [values[n] if n in places else ANNA[n] for n in range(9)]
    reading = read(HEADINGS, row)
    empty = not any(str(value if value is not None else "").strip() for value in row)
    assert reading.list.travellers or empty or any(one.grave for one in reading.findings)
