"""Opens the files that carriers send, CSV or Excel, and gives their rows as the core reads them."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time

from openpyxl import load_workbook

from guomen.core.refusal import Nature, Refusal

MOST_BYTES = 10_000_000
MOST_UNPACKED = 100_000_000
MOST_ROWS = 20_000
"""A ship's list has a few thousand rows; more is a mistake or an attack."""
_MOST_COLUMNS = 100

Cell = str | int | float | bool | date | time | None


class FileUnreadable(Refusal):
    """The file is neither a CSV text nor an Excel workbook, or is too large."""

    code = "border.file_unreadable"
    nature = Nature.BAD_INPUT


def rows_of(content: bytes) -> list[list[Cell]]:
    """Give the rows of a CSV text or of an Excel workbook's first sheet, told apart by content.

    A CSV text is UTF-8 (with or without mark), UTF-16 with its mark, or GB 18030; its separator is
    a comma, a semicolon or a tab. Refused with `border.file_unreadable`: what is neither, or has more
    than 10 MB (100 MB unpacked), 20,000 rows or 100 columns.
    """
    if len(content) > MOST_BYTES:
        raise FileUnreadable(why="too_large", given=len(content), most=MOST_BYTES)
    found = _workbook_rows(content) if content.startswith(b"PK\x03\x04") else _text_rows(content)
    rows: list[list[Cell]] = []
    for row in found:
        if len(rows) >= MOST_ROWS:
            raise FileUnreadable(why="too_many_rows", most=MOST_ROWS)
        if len(row) > _MOST_COLUMNS:
            raise FileUnreadable(why="too_many_columns", row=len(rows) + 1, most=_MOST_COLUMNS)
        rows.append(row)
    return rows


def _text_rows(content: bytes) -> Iterator[list[Cell]]:
    text = _decoded(content)
    if "\x00" in text:
        raise FileUnreadable(why="no_table")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for row in reader:
            yield list(row)
    except csv.Error:
        raise FileUnreadable(why="quotes", row=reader.line_num) from None


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(why="no_table")


def _separator(text: str) -> str:
    """Choose the mark that parts the widest of the first lines; a comma where none does."""
    lines = re.sub('"[^"]*"', "", text[:20_000]).splitlines()[:50]
    return max(",;\t", key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _workbook_rows(content: bytes) -> Iterator[list[Cell]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise FileUnreadable(why="too_large", given=unpacked, most=MOST_UNPACKED)
        yield from _sheet_rows(content)
    except Refusal:
        raise
    except Exception:
        # A damaged workbook raises whatever the part that met the damage raises: zlib, XML, keys.
        raise FileUnreadable(why="workbook") from None


def _sheet_rows(content: bytes) -> Iterator[list[Cell]]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = workbook.worksheets[0]
        # The size a sheet states of itself may be wrong, and is then believed.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1):
            yield [one if isinstance(one, Cell) else str(one) for one in row]
    finally:
        workbook.close()
