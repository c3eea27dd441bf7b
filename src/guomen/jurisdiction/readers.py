"""Reads `codes/readers.yaml`: the language in which a holder is spoken to before choosing one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guomen.jurisdiction.nodes import Node


@dataclass(frozen=True, slots=True)
class Readers:
    """Language tags by group of travellers and by nationality; the group goes before."""

    by_group: Mapping[str, str]
    by_nationality: Mapping[str, str]

    def language_of(self, nationality: str, group: str) -> str | None:
        """Give the tag to speak to a holder in, or None where the pack names none."""
        return self.by_group.get(group) or self.by_nationality.get(nationality)


def read_readers(file: Node, groups: Collection[str], languages: Collection[str]) -> Readers:
    """Read both lists; a nationality has one language, and every language is the pack's own."""
    row = file.mapping(("groups", "nationalities"))
    return Readers(
        by_group={
            group: tag.one_of(languages) for group, tag in row["groups"].mapping((), groups).items()
        },
        by_nationality=_by_nationality(row["nationalities"], languages),
    )


def _by_nationality(node: Node, languages: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, listed in node.mapping((), languages).items():
        for one in listed.sequence():
            if one.text() in found:
                what = f"`{one.text()}` stands under two languages"
                raise one.fault(what, "keep it under one")
            found[one.text()] = tag
    return found
