"""Reads under which licence a pack's data may be used again: its SPDX id, its name, its text."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guomen.jurisdiction.nodes import Node

_SPDX_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of everything in a pack; `url` leads to its text."""

    id: str
    names: Mapping[str, str]
    url: str


def read_licence(node: Node, languages: Collection[str]) -> Licence:
    """Read `licence:` of jurisdiction.yaml; the name stands in every language."""
    row = node.mapping(("id", "name", "url"))
    if not _SPDX_ID.fullmatch(row["id"].text()):
        mend = "write an identifier of the SPDX list, such as Apache-2.0"
        raise row["id"].fault(f"`{row['id'].text()}` is no SPDX identifier", mend)
    if not row["url"].text().startswith("https://"):
        mend = "write where its text stands, beginning with https://"
        raise row["url"].fault(f"`{row['url'].text()}` is no address", mend)
    return Licence(row["id"].text(), row["name"].texts(languages), row["url"].text())
