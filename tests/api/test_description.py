"""Keeps the OpenAPI description true, and every operation either public on purpose or keyed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from guomen.api.urls import api
from tests.api.conftest import problem
from tests.nation import NationForTests

pytestmark = pytest.mark.usefixtures("nation")
METHODS = {"get", "put", "post", "delete", "patch"}

PUBLIC = {("get", "/api/v1/figures"), ("get", "/api/v1/figures/{figure_id}")}
"""What everybody may do without a key. A new operation is keyed unless it is named here."""

KEYED = {
    ("post", "/api/v1/border/passages"),
    ("post", "/api/v1/border/passages/batch"),
    ("post", "/api/v1/border/conveyances"),
    ("get", "/api/v1/nodes/bundle"),
    ("post", "/api/v1/nodes/acts"),
}


def schema() -> dict[str, Any]:
    """The description as a client fetches it."""
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def operations() -> list[tuple[str, str]]:
    """Every operation: method and path."""
    paths = api.get_openapi_schema()["paths"]
    return sorted((method, path) for path, row in paths.items() for method in row)


every_operation = pytest.mark.parametrize(("method", "path"), operations())


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of the description."""
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from nodes(inner)
    if isinstance(node, list):
        for inner in node:
            yield from nodes(inner)


def test_description_is_openapi_with_title_and_version() -> None:
    found = schema()
    assert found["openapi"].startswith("3.1")
    assert (found["info"]["title"], found["info"]["version"]) == ("Guomen", "1")
    assert found["info"]["description"].strip()


def test_every_reference_leads_to_a_schema_that_is_there() -> None:
    found = schema()
    for node in nodes(found):
        reference = node.get("$ref")
        if reference is None:
            continue
        target: Any = found
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]
        assert isinstance(target, dict)


def test_every_schema_requires_only_what_it_describes() -> None:
    for name, described in schema()["components"]["schemas"].items():
        properties = described.get("properties", {})
        assert set(described.get("required", [])) <= set(properties), name
        assert described.get("description") or described.get("title"), name


@every_operation
def test_operation_is_described_whole(method: str, path: str) -> None:
    operation = schema()["paths"][path][method]
    assert method in METHODS
    assert operation["summary"].strip()
    assert operation["operationId"].strip()
    assert operation["responses"]
    in_path = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
    assert in_path == {part[1:-1] for part in path.split("/") if part.startswith("{")}
    assert any(status.startswith("2") for status in operation["responses"])


def test_names_of_operations_are_unique() -> None:
    paths = schema()["paths"]
    names = [operation["operationId"] for row in paths.values() for operation in row.values()]
    assert len(set(names)) == len(names)


def test_gates_header_is_described_as_required() -> None:
    operation = schema()["paths"]["/api/v1/border/passages"]["post"]
    [header] = [one for one in operation["parameters"] if one["in"] == "header"]
    assert (header["name"], header["required"]) == ("Idempotency-Key", True)


# ---------------------------------------------------------------------------- who may do what


def test_every_operation_is_public_on_purpose_or_keyed() -> None:
    assert set(operations()) == PUBLIC | KEYED
    assert not PUBLIC & KEYED


@every_operation
def test_description_says_which_operations_need_a_key(method: str, path: str) -> None:
    found = schema()
    secured = found["paths"][path][method].get("security")
    assert bool(secured) is ((method, path) not in PUBLIC)
    for requirement in secured or []:
        assert set(requirement) <= set(found["components"]["securitySchemes"])


def call(method: str, path: str, headers: dict[str, str]) -> HttpResponse:
    """Call an operation with nothing but headers."""
    made = path.replace("{figure_id}", "persons.martians")
    answer = getattr(Client(), method)(made, content_type="application/json", headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


WITHOUT_A_KEY: list[dict[str, str]] = [
    {},
    {"Authorization": "Bearer nobody"},
    {"Authorization": "Bearer "},
    {"Authorization": "Basic dGVzdDp0ZXN0"},
    {"Authorization": "test-gate-key-of-hengqin"},
    {"X-API-Key": "test-gate-key-of-hengqin"},
]


@every_operation
@pytest.mark.parametrize("headers", WITHOUT_A_KEY)
def test_operation_lets_in_only_whom_the_matrix_names(
    nation: NationForTests, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = call(method, path, headers)
    if (method, path) in PUBLIC:
        assert answer.status_code in (200, 404)
    else:
        problem(answer, 401, "accounts.key_unknown")


def test_session_of_an_officer_opens_no_gate(nation: NationForTests) -> None:
    client = Client()
    assert client.login(username="lane", password="lane-officer-1")
    answer = client.post("/api/v1/border/passages", "{}", content_type="application/json")
    assert answer.status_code == 401


def test_description_shows_as_a_page_that_loads_nothing_from_elsewhere() -> None:
    answer = Client().get("/api/v1/docs")
    text = answer.content.decode()
    assert answer.status_code == 200
    for _, path in operations():
        assert path in text
    assert "http://" not in text.replace("http://localhost", "")
    assert "https://" not in text
