"""Keeps carriers' files opened: CSV in any common form, Excel, and nothing else."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from guomen.apps.border import lists
from guomen.apps.border.lists import FileUnreadable, rows_of

ROWS = [["姓", "Passport"], ["LI", "E1, or E2"]]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def refused(content: bytes) -> dict[str, object]:
    with pytest.raises(FileUnreadable) as caught:
        rows_of(content)
    return dict(caught.value.facts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_is_read_with_its_encoding_and_separator(encoding: str, mark: str) -> None:
    text = f'姓{mark}Passport\r\nLI{mark}"E1, or E2"\r\n'
    assert rows_of(text.encode(encoding)) == ROWS


def test_quoted_cell_may_hold_a_line_break() -> None:
    assert rows_of(b'a,"b\nc"\n') == [["a", "b\nc"]]


def test_workbook_gives_days_as_days_and_numbers_as_numbers() -> None:
    rows = rows_of(workbook(["Surname", "Born", "Number"], ["LI", date(1985, 6, 15), 12]))
    assert rows == [["Surname", "Born", "Number"], ["LI", datetime(1985, 6, 15), 12]]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 not a workbook", "workbook"),
        (b'a,"b', "quotes"),
        (b"\xff\xfe\x00", "no_table"),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xff", "no_table"),
        (b"a\x00b", "no_table"),
        (b"x" * (lists.MOST_BYTES + 1), "too_large"),
        (b"a\n" * (lists.MOST_ROWS + 1), "too_many_rows"),
        (b"a" + b"," * 200, "too_many_columns"),
    ],
)
def test_file_that_is_no_table_is_refused(content: bytes, why: str) -> None:
    assert refused(content)["why"] == why


def test_archive_that_unpacks_too_large_is_refused_before_it_is_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\x00" * (lists.MOST_UNPACKED + 1))
    assert refused(packed.getvalue())["why"] == "too_large"


def test_archive_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hello.txt", b"hello")
    assert refused(packed.getvalue())["why"] == "workbook"


WHOLE = workbook(["Surname"], ["LI"])


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4))
@settings(max_examples=150, deadline=None)
def test_damaged_workbook_is_read_or_refused(at: int, piece: bytes) -> None:
    try:
        rows_of(WHOLE[:at] + piece + WHOLE[at + 1 :])
    except FileUnreadable:
        return


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows_of(content)
    except FileUnreadable:
        return
