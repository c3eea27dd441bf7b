"""YAML values that know their place: what is wrong is told with file, line and how to mend it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from guomen.core.canonical import Json
from guomen.core.refusal import Nature, Refusal

# libyaml where the wheel has it (six times as quick); the composed nodes are the same.
_SAFE_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_DIGITS = 100
"""A whole number with more digits is a slip; Python itself refuses to read one with thousands."""


def _same_tag(_loader: object, _kind: object, _value: object, _implicit: object) -> str:
    return "tag:yaml.org,2002:str"


# Guessing the type of every scalar cost a quarter of the loading, and nobody asks for it here.
_LOADER = type("_Loader", (_SAFE_LOADER,), {"resolve": _same_tag})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a pack."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. To mend: {self.mend}"


class PackFault(Exception):
    """Raised where a fault is met; the loader gathers the faults of all files."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


class PackRefused(Refusal):
    """A pack with faults decides nothing: all of them are listed."""

    code = "pack.refused"
    nature = Nature.BAD_INPUT

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(faults=len(self.faults), first=str(self.faults[0]))

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Node:
    """One YAML value with its file and line.

    Scalars stay texts until they are asked for as something: the country code NO is not a
    boolean here, and 010 is not eight.
    """

    __slots__ = ("_node", "file")

    def __init__(self, node: yaml.Node, file: str) -> None:
        self._node, self.file = node, file

    @property
    def line(self) -> int:
        """The line in the file, from 1."""
        return int(self._node.start_mark.line) + 1

    def fault(self, what: str, mend: str) -> PackFault:
        """Make a fault at this place."""
        return PackFault(Fault(self.file, self.line, what, mend))

    def items(self) -> list[tuple[str, "Node"]]:
        """Give the pairs of a mapping whose keys are open; refuse a repeated key."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault("a mapping is expected here", "write `key: value` lines")
        found: dict[str, Node] = {}
        for key_node, value in self._node.value:
            key = Node(key_node, self.file)
            name = key.text()
            if name in found:
                raise key.fault(f"`{name}` is written twice", "keep one of them")
            found[name] = Node(value, self.file)
        return list(found.items())

    def mapping(
        self, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, "Node"]:
        """Give the values of a mapping with these keys and no other."""
        found = dict(self.items())
        for key in found:
            if key not in required and key not in optional:
                permitted = _one_of({*required, *optional})
                raise found[key].fault(f"`{key}` is not known here", permitted)
        for key in required:
            if key not in found:
                raise self.fault(f"`{key}` is missing", f"add `{key}:`")
        return found

    def sequence(self) -> list["Node"]:
        """Give the elements of a list."""
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.fault("a list is expected here", "write `- …` lines or `[…]`")
        return [Node(one, self.file) for one in self._node.value]

    def is_sequence(self) -> bool:
        """Tell whether this is a list."""
        return isinstance(self._node, yaml.SequenceNode)

    def is_mapping(self) -> bool:
        """Tell whether this is a mapping."""
        return isinstance(self._node, yaml.MappingNode)

    def is_whole_number(self) -> bool:
        """Tell whether this is a single value of digits only, perhaps below zero."""
        return isinstance(self._node, yaml.ScalarNode) and _is_whole_number(self.text())

    def text(self) -> str:
        """Give the scalar as it is written."""
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.fault("a single value is expected here", "write one value")
        return str(self._node.value)

    def _is_plain(self) -> bool:
        # Unquoted: PyYAML's own composer says None, libyaml's the empty text.
        return isinstance(self._node, yaml.ScalarNode) and not self._node.style

    def boolean(self) -> bool:
        """Give `true` or `false`."""
        return self.one_of(("true", "false")) == "true"

    def integer(self) -> int:
        """Give a whole number."""
        if not self.is_whole_number():
            mend = "write digits only, for example 15"
            raise self.fault(f"`{self.text()}` is not a whole number", mend)
        if len(self.text()) > _DIGITS:
            raise self.fault("a number of so many digits means nothing", "write a smaller one")
        return int(self.text())

    def day(self) -> date:
        """Give a day written YYYY-MM-DD."""
        try:
            found = date.fromisoformat(self.text())
        except ValueError:
            found = None
        if found is None or found.isoformat() != self.text():  # ISO's other spellings: 20230508
            mend = "write YYYY-MM-DD, a day of the calendar"
            raise self.fault(f"`{self.text()}` is not a day", mend)
        return found

    def one_of(self, permitted: Collection[str]) -> str:
        """Give a text that is one of the permitted."""
        if self.text() not in permitted:
            raise self.fault(f"`{self.text()}` is not known here", _one_of(permitted))
        return self.text()

    def texts(self, languages: Collection[str]) -> Mapping[str, str]:
        """Give a text in each language: all of `languages`, others too, none empty."""
        found = {language: value.text() for language, value in self.items()}
        for language in languages:
            if not found.get(language, "").strip():
                raise self.fault(f"the text in `{language}` is missing", f"add `{language}: …`")
        return found

    def json(self) -> Json:
        """Give the value as JSON: true, false, null and whole numbers are read as such."""
        if self.is_mapping():
            return {key: value.json() for key, value in self.items()}
        if self.is_sequence():
            return [value.json() for value in self.sequence()]
        return self._scalar()

    def _scalar(self) -> Json:
        words: dict[str, Json] = {"true": True, "false": False, "null": None, "": None}
        if not self._is_plain():
            return self.text()
        if self.text() in words:
            return words[self.text()]
        return int(self.text()) if _is_whole_number(self.text()) else self.text()


def _is_whole_number(text: str) -> bool:
    return re.fullmatch(r"0|-?[1-9][0-9]*", text) is not None


def _one_of(permitted: Collection[str]) -> str:
    return "use one of: " + ", ".join(sorted(permitted))


def read_yaml(text: str, shown_as: str) -> Node:
    """Read one file's text; what is no YAML is a fault with its line."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        fault = Fault(shown_as, line, f"not YAML: {error.problem}", "check indents and quotes")
        raise PackFault(fault) from None
    except yaml.YAMLError as error:
        fault = Fault(shown_as, 1, f"not readable: {error}", "save the file as UTF-8 YAML")
        raise PackFault(fault) from None
    if node is None:
        raise PackFault(Fault(shown_as, 1, "the file is empty", "write the content or remove it"))
    return Node(node, shown_as)
