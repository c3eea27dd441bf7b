"""What is given away can be taken in again: files of measures lose nothing but their comments."""

import json
from dataclasses import replace

import pytest

from guomen.core.policy import Measure
from guomen.core.policy.cel import export_rulebook
from guomen.jurisdiction import Jurisdiction, load_draft
from guomen.jurisdiction.measures import read_cases
from guomen.jurisdiction.nodes import read_yaml
from guomen.jurisdiction.publishing import (
    measure_json,
    measure_yaml,
    rulebook_json,
    rulebook_yaml,
)
from guomen.jurisdiction.tables import read_table
from tests.builders import pack

PACKS = ("cn", "utopia")
by_pack = pytest.mark.parametrize("name", PACKS)


def documents(stream: str) -> list[str]:
    """Divide a YAML stream into its documents; the head of remarks is none."""
    head, *found = stream.split("---\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    return found


def read_again(text: str, cases: str, like: Measure, whole: Jurisdiction) -> Measure:
    """Read a measure and its cases as a pack reads them."""
    measure = load_draft(text, "measure", whole)
    named, found = read_cases(read_yaml(cases, "cases"), whole.rulebook.vocabulary)
    assert named == measure.id
    return replace(measure, cases=found, standing=like.standing)


@by_pack
def test_every_measure_is_read_again_from_the_stream_as_it_was(name: str) -> None:
    whole = pack(name)
    found = documents(rulebook_yaml(whole))
    tables, measures = found[: len(whole.tables)], found[len(whole.tables) :]
    pairs = zip(measures[::2], measures[1::2], strict=True)
    for (text, cases), measure in zip(pairs, whole.rulebook.measures, strict=True):
        assert read_again(text, cases, measure, whole) == measure
    for text, table in zip(tables, whole.tables.values(), strict=True):
        vocabulary = whole.rulebook.vocabulary
        assert read_table(read_yaml(text, "table"), vocabulary, whole.languages) == table


@by_pack
def test_json_names_licence_digest_and_the_same_cel_as_the_export(name: str) -> None:
    whole = pack(name)
    found = json.loads(json.dumps(rulebook_json(whole)))
    assert found["licence"]["id"] == whole.licence.id
    assert found["rulebook"] == whole.rulebook.digest
    told = [
        (measure["question"], measure["id"], clause["id"], *state.values())
        for measure in found["measures"]
        for clause in measure["clauses"]
        for state in clause["cel"]
    ]
    exported = [
        (one.question, one.measure, one.clause, one.in_force_from, one.in_force_until, one.when)
        for one in export_rulebook(whole.rulebook)
    ]
    assert told == exported


def test_a_clause_that_reads_a_table_is_given_once_with_the_table_beside_it() -> None:
    whole = pack("utopia")
    ferry = whole.rulebook.measure("U-2019-FERRY")
    assert ferry is not None
    found = json.loads(json.dumps(measure_json(ferry, whole)))
    [clause] = found["measure"]["clauses"]
    assert clause["in_force"] == {"from": "2019-05-01", "until": None}
    assert [state["from"] for state in clause["cel"]] == ["2019-05-01", "2020-01-01", "2023-01-01"]
    assert '"in_table": "harbour-pact"' in json.dumps(clause["when"])
    assert found["tables"]["harbour-pact"]["rows"][1] == {
        "values": ["QMD"],
        "from": "2015-04-01",
        "until": "2020-01-01",
    }
    assert "id: harbour-pact" in documents(measure_yaml(ferry, whole))[0]
