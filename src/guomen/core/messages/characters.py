"""The service characters of an interchange (UNA, ISO 9735-1 §7): read, worked out, or the usual ones."""

import re
from dataclasses import dataclass

from guomen.core.messages.findings import Finding, MessageUnreadable


@dataclass(frozen=True, slots=True)
class ServiceCharacters:
    """What separates and ends; a space as `release` or `reserve` means that there is none."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    reserve: str = " "
    terminator: str = "'"

    def __str__(self) -> str:
        return (
            self.component
            + self.element
            + self.decimal
            + self.release
            + self.reserve
            + (self.terminator)
        )


USUAL = ServiceCharacters()

_WHOLE = re.compile(r"UNA(.{6})[ \t\r\n]*+(?=UNB)", re.DOTALL | re.IGNORECASE)
_SHORT = re.compile(r"UNA(.{5})[ \t\r\n]*+(?=UNB)", re.DOTALL | re.IGNORECASE)
_HEADER = re.compile(r"UNB(?=[^A-Za-z0-9])", re.IGNORECASE)
_SYNTAX = re.compile(
    r"UNB(?P<element>.)[A-Z]{4}(?P<component>[^A-Z0-9])", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The characters, the offset at which UNB stands, and what was mended on the way."""

    characters: ServiceCharacters
    offset: int
    findings: tuple[Finding, ...]


def read_beginning(text: str) -> Beginning:
    """Find UNA or UNB; text before it (a telex heading, say) is told, its absence is refused."""
    header = _HEADER.search(text)
    advice = _advice(text, header.start() if header else len(text))
    if advice is not None:
        found, starts = advice
        offset = found.offset
    elif header is not None:
        starts = offset = header.start()
        found = _without_advice(text, offset)
    else:
        raise MessageUnreadable(why="no_header", segment=1, tag="UNB", position=1)
    heading = text[:starts].strip(" \t\r\n\ufeff")
    told = [_told("message.text_around", found=f"{len(heading)}")] if heading else []
    _refuse_unfit(found.characters, starts)
    return Beginning(found.characters, offset, (*told, *found.findings))


def _advice(text: str, until: int) -> tuple[Beginning, int] | None:
    # A terminator that is a line break beside a filled reserve is a UNA whose space was lost.
    whole, short = _WHOLE.search(text), _SHORT.search(text)
    if short and (whole is None or (whole[1][5] in "\r\n" and whole[1][4] not in " *")):
        given = f"{short[1][:4]} {short[1][4]}"
        told = _told("message.una_short", found=short[1], assumed=given, at=short.start())
        return Beginning(ServiceCharacters(*given), short.end(), (told,)), short.start()
    if whole and whole.start() <= until:
        return Beginning(ServiceCharacters(*whole[1]), whole.end(), ()), whole.start()
    return None


def _without_advice(text: str, offset: int) -> Beginning:
    syntax = _SYNTAX.match(text, offset)
    if syntax is None:
        raise MessageUnreadable(why="header", segment=1, tag="UNB", element=1, position=offset + 1)
    element, component = syntax["element"], syntax["component"]
    after = re.compile(
        rf"([^A-Za-z0-9\s{re.escape(element)}]|[\x1c-\x1f])\s*+UN[GH]{re.escape(element)}",
        re.IGNORECASE,
    )
    ending = after.search(text, offset)
    terminator = ending[1] if ending else USUAL.terminator
    characters = ServiceCharacters(component, element, terminator=terminator)
    told = _told("message.una_missing", assumed=_visible(str(characters)), at=offset)
    return Beginning(characters, offset, (told,))


def _refuse_unfit(characters: ServiceCharacters, offset: int) -> None:
    needed = [characters.component, characters.element, characters.terminator]
    if characters.release != " ":
        needed.append(characters.release)
    clash = len(set(needed)) < len(needed) or any(one.isalnum() for one in needed)
    if clash or " " in needed:
        raise MessageUnreadable(
            why="una", segment=1, tag="UNA", position=offset + 1, found=_visible(str(characters))
        )


def _visible(text: str) -> str:
    return "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in text)


def _told(code: str, found: str = "", assumed: str = "", at: int = 0) -> Finding:
    tag = "UNA" if code.startswith("message.una") else ""
    return Finding(code=code, segment=1, tag=tag, position=at + 1, found=found, assumed=assumed)
