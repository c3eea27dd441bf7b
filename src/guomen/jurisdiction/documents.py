"""Reads `documents.yaml`: the kinds of travel document, their numbers and how a zone shows them."""

import re
from collections.abc import Collection

from guomen.core.travel_documents.formats import FORMATS
from guomen.core.travel_documents.kinds import DocumentKind, MrzMark
from guomen.jurisdiction.nodes import Node

_REQUIRED = ("name", "category", "group", "national", "crossing", "number", "confidence")
_OPTIONAL = (
    "mrz",
    "companion_in",
    "companion_out",
    "passport_kind",
    "validity",
    "issuer",
    "holders",
    "note",
    "source",
    "codes",
    "fee",
)
_PAPERS = ("visa", "endorsement")
_FORMAT_NAMES = tuple(layout.name for layout in FORMATS)


def read_documents(
    file: Node, groups: Collection[str], languages: Collection[str]
) -> dict[str, DocumentKind]:
    """Read all kinds, in the order of the file (which decides between equals)."""
    return {code: _kind(code, node, groups, languages) for code, node in file.items()}


def _kind(
    code: str, node: Node, groups: Collection[str], languages: Collection[str]
) -> DocumentKind:
    row = node.mapping(_REQUIRED, _OPTIONAL)
    number = row["number"].mapping(("pattern", "firm"), ("match_length",))
    return DocumentKind(
        code=code,
        names=row["name"].texts(languages),
        category=row["category"].text(),
        group=row["group"].one_of(groups),
        national=row["national"].boolean(),
        crossing=row["crossing"].boolean(),
        number_pattern=_pattern(number["pattern"]),
        number_firm=number["firm"].boolean(),
        match_length=number["match_length"].integer() if "match_length" in number else None,
        marks=tuple(_mark(one) for one in row["mrz"].sequence()) if "mrz" in row else (),
        companion_in=_paper(row, "companion_in"),
        companion_out=_paper(row, "companion_out"),
        passport_kind=row["passport_kind"].text() if "passport_kind" in row else None,
        confidence=row["confidence"].text(),
    )


def _paper(row: dict[str, Node], key: str) -> str | None:
    return row[key].one_of(_PAPERS) if key in row else None


def _pattern(node: Node) -> str:
    try:
        re.compile(node.text(), re.ASCII)
    except re.error as error:
        raise node.fault(f"not a pattern: {error}", "write a regular expression") from None
    return node.text()


def _mark(node: Node) -> MrzMark:
    row = node.mapping(("format", "code"), ("issuer",))
    issuer = row["issuer"].text() if "issuer" in row else None
    return MrzMark(row["format"].one_of(_FORMAT_NAMES), row["code"].text(), issuer)
