"""Reads the source as the house tests need it: modules, their trees, their public functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "guomen"


@dataclass(frozen=True)
class Module:
    """One file with its syntax tree."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        """The path from the root, as a reader would look it up."""
        return self.path.relative_to(ROOT).as_posix()

    def functions(self) -> Iterator[ast.FunctionDef]:
        """Give all functions, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))


@cache
def modules(folder: Path = SOURCE) -> tuple[Module, ...]:
    """Read every module below a folder but migrations."""
    paths = [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]
    return tuple(map(_read, paths))


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, ast.parse(text), text.count("\n"))


def operations() -> tuple[Module, ...]:
    """Give the modules in which acts are."""
    return tuple(
        module
        for module in modules()
        if "apps" in module.path.parts
        and ("operations" in module.path.parts or module.path.name == "operations.py")
    )


def decorators(function: ast.FunctionDef) -> set[str]:
    """Give the plain names of a function's decorators."""
    return {one.id for one in function.decorator_list if isinstance(one, ast.Name)}
