"""The rules of the house that imports cannot show."""

import ast
from pathlib import Path

import pytest
from django.apps import apps as django_apps

from guomen.core.events import CATALOGUE, EventKind
from guomen.jurisdiction import load_jurisdiction
from tests.architecture.source import ROOT, Module, decorators, modules, operations

ALL = [*modules(), *modules(ROOT / "simulation"), *modules(ROOT / "benchmarks")]
ORDER = ("ledger", "accounts", "registry", "policy", "border", "bulletins")
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "update",
    "executemany",
}
MAY_WRITE = ("operations", "ledger/rows.py", "ledger/append_only.py", "registry/operations")


def test_every_module_says_in_a_sentence_what_it_keeps() -> None:
    silent = [module.name for module in ALL if not ast.get_docstring(module.tree)]
    assert silent == []


def test_no_file_passes_400_lines() -> None:
    assert [module.name for module in ALL if module.lines > 400] == []


def test_functions_are_small() -> None:
    lengths = sorted(
        ((function.end_lineno or 0) - function.lineno + 1, f"{module.name}:{function.name}")
        for module in modules()
        for function in module.functions()
    )
    assert lengths[len(lengths) // 2][0] <= 12
    assert lengths[int(len(lengths) * 0.95)][0] <= 34
    assert [name for length, name in lengths if length > 66] == []


def test_no_room_is_a_bag() -> None:
    bags = {"utils", "helpers", "common", "misc", "tools"}
    assert [module.name for module in ALL if module.path.stem in bags] == []


def test_foreign_keys_point_downwards() -> None:
    for name in ORDER:
        for model in django_apps.get_app_config(name).get_models():
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete and field.related_model:
                    target = field.related_model._meta.app_label
                    assert ORDER.index(target) <= ORDER.index(name), f"{model} → {target}"


def test_the_ledger_has_no_foreign_keys() -> None:
    for model in django_apps.get_app_config("ledger").get_models():
        assert not [field for field in model._meta.get_fields() if field.is_relation]


def test_only_operations_write() -> None:
    found = [
        f"{module.name}:{call.lineno} .{call.func.attr}("
        for module in modules()
        if "apps" in module.path.parts or "web" in module.path.parts or "api" in module.path.parts
        if not any(room in module.name for room in MAY_WRITE)
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in WRITES and _on_rows(call.func.value)
    ]
    assert found == []


def _on_rows(value: ast.expr) -> bool:
    # `Model.objects.…` or a row or cursor; a dict's `update` is no write to the store.
    text = ast.unparse(value)
    return ".objects" in text or text in ("row", "rows", "cursor")


def test_every_operation_is_an_act_or_says_why_not() -> None:
    marks = {"act", "part_of_act", "derivation", "working_paper"}
    for module, function in _public_operations():
        if function.name in ("clear_passage", "seal_everything", "new_device_key"):
            continue  # a batch of one; seals one by one; makes a random key and writes nothing
        assert marks & decorators(function), f"{module.name}:{function.name}"


def _public_operations() -> list[tuple[Module, ast.FunctionDef]]:
    return [
        (module, node)
        for module in operations()
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def test_acts_are_keyword_only_and_are_handed_actor_and_time() -> None:
    for module, function in _public_operations():
        place = f"{module.name}:{function.name}"
        assert not function.args.args, place
        if function.name == "clear_passages":
            continue  # a batch of many lanes: each presentation carries its actor, and is asked
        if {"act", "working_paper"} & decorators(function):
            given = {argument.arg for argument in function.args.kwonlyargs}
            assert {"actor", "at"} <= given, place


def test_every_act_requires_a_duty() -> None:
    for module, function in _public_operations():
        if function.name == "clear_passages":
            continue  # asks each presentation's actor, see tests/apps/border
        if {"act", "working_paper"} & decorators(function):
            assert "actor.require(Duty." in ast.unparse(function), f"{module.name}:{function.name}"


def test_queries_and_operations_of_the_higher_apps_are_keyword_only() -> None:
    rooms = [
        module
        for module in modules()
        if module.path.name == "queries.py" and module.path.parent.name in ORDER[1:]
    ]
    loose = [
        f"{module.name}:{node.name}"
        for module in rooms
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if node.args.args and node.name not in PURE_IN_QUERIES
    ]
    assert loose == []


PURE_IN_QUERIES = {"spell_reasons", "read_reasons", "answer_of", "is_late", "hash_of_key"}
"""Spellings and readings of a row's own columns: no question to the store."""


def test_every_kind_of_event_is_counted_by_a_figure_or_says_why_not() -> None:
    pack = load_jurisdiction(ROOT / "jurisdictions" / "cn")
    counted = {
        selection.kind for figure in pack.figures.values() for selection in figure.selections
    }
    assert set(CATALOGUE) == set(EventKind)
    for kind, description in CATALOGUE.items():
        assert description.counted == (kind in counted), kind
        assert description.counted or description.why_not_counted, kind


@pytest.mark.parametrize("name", ["run", "test"])
def test_requirements_are_hashed_and_name_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    blocks = [block for block in text.replace("\\\n", " ").splitlines() if "==" in block]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)


def test_no_secret_and_no_binary_is_committed() -> None:
    allowed = {".png"}
    folders = [ROOT / name for name in ("src", "tests", "jurisdictions", "docs", "simulation")]
    binaries = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and _is_binary(path) and path.suffix not in {*allowed, ".mo", ".pyc"}
    ]
    assert binaries == []


def _is_binary(path: Path) -> bool:
    return b"\x00" in path.read_bytes()[:4096]
