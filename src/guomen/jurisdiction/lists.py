"""Gathers the lists of codes from which a fact or an effect may take its values."""

from collections.abc import Iterable, Mapping

from guomen.core.policy.effects import CodeNames
from guomen.core.travel_documents import DocumentKind
from guomen.jurisdiction.nodes import Node
from guomen.jurisdiction.organisation import Port
from guomen.jurisdiction.territories import territories

NAMED_BY = ("codes", "values_from")
"""The keys by which a declaration says what values there are."""


def lists_of(
    named: CodeNames, ports: Iterable[Port], documents: Iterable[DocumentKind]
) -> dict[str, CodeNames]:
    """Give the lists of a pack; `named` are the territories that the pack names itself.

    The other territories stand without names: CLDR has them in every language.
    """
    ports = tuple(ports)
    unnamed: CodeNames = {code: {} for code in territories()}
    return {
        "territories": {**unnamed, **named},
        "ports": {port.code: port.names for port in ports},
        "airports": {port.iata: port.names for port in ports if port.iata},
        "documents": {kind.code: kind.names for kind in documents},
    }


def read_codes(
    row: Mapping[str, Node], lists: Mapping[str, CodeNames], languages: Iterable[str]
) -> CodeNames:
    """Read `codes:` (named in all `languages`) or `values_from:`; without either the list is open."""
    wanted = tuple(languages)
    if "codes" in row and "values_from" in row:
        raise row["values_from"].fault("the values are given twice", "keep one of the two")
    if "values_from" in row:
        return lists[row["values_from"].one_of(lists)]
    codes = row["codes"].items() if "codes" in row else []
    return {code: names.texts(wanted) for code, names in codes}
