"""Words for the codes that a figure splits by, out of the jurisdiction's pack."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_code

Texts = Mapping[str, str]


def column_name(column: str, tag: str) -> str:
    """Say what a column of the ledger holds."""
    return say_code("column", column, tag)


def part_texts(column: str, code: str, pack: Jurisdiction, tag: str) -> Texts:
    """Give the texts of one value of a column, by language; a code without any is itself."""
    if not code:
        return {tag: gettext("not stated")}
    find = _FINDERS.get(column)
    found = find(pack, code) if find else None
    return found or {tag: say_code(column, code, tag)}


def _port(pack: Jurisdiction, code: str) -> Texts | None:
    return pack.ports[code].names if code in pack.ports else None


def _lane(pack: Jurisdiction, code: str) -> Texts | None:
    return pack.lanes[code].names if code in pack.lanes else None


def _kind(pack: Jurisdiction, code: str) -> Texts | None:
    return pack.documents[code].names if code in pack.documents else None


def _measure(pack: Jurisdiction, code: str) -> Texts | None:
    measure = pack.rulebook.measure(code)
    return measure.titles if measure else None


def _group(pack: Jurisdiction, code: str) -> Texts | None:
    return pack.groups.get(code)


_FINDERS: Mapping[str, Callable[[Jurisdiction, str], Texts | None]] = {
    "port": _port,
    "lane": _lane,
    "document_kind": _kind,
    "measure": _measure,
    "group": _group,
}
