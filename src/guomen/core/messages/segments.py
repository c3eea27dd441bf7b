"""A text cut into segments, elements and components (ISO 9735-1), each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guomen.core.messages.characters import ServiceCharacters, read_beginning
from guomen.core.messages.findings import Finding, MessageUnreadable, shape

BLANK = " \t\r\n"
_TAGS = "UNB UNG UNH UNT UNE UNZ BGM RFF NAD COM TDT LOC DTM ATT MEA GEI FTX EMP NAT DOC CNT AUT GIR QTY"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; `number` and `position` (characters) count from 1, `elements[0]` is the tag."""

    number: int
    tag: str
    elements: tuple[tuple[str, ...], ...]
    position: int

    def at(self, element: int, component: int = 1) -> str:
        """Give a component, counted from 1; empty where there is none."""
        if element >= len(self.elements) or component > len(self.elements[element]):
            return ""
        return self.elements[element][component - 1]

    def told(
        self, code: str, *, found: str = "", assumed: str = "", grave: bool = False
    ) -> Finding:
        """Write down what was mended here."""
        return Finding(
            code=f"message.{code}",
            segment=self.number,
            tag=self.tag,
            position=self.position,
            found=found,
            assumed=assumed,
            grave=grave,
        )

    def unreadable(
        self, why: str, element: int = 0, component: int = 0, **facts: str
    ) -> MessageUnreadable:
        """Say that this segment cannot be read, and where in it."""
        return MessageUnreadable(
            why=why,
            segment=self.number,
            tag=self.tag,
            element=element,
            component=component,
            position=self.position,
            **facts,
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as segments, with the characters that cut it and what was mended."""

    characters: ServiceCharacters
    segments: tuple[Segment, ...]
    findings: tuple[Finding, ...]


def cut(text: str) -> Cut:
    """Cut a text into segments; refuse what has no header or breaks off after a release character."""
    beginning = read_beginning(text)
    cutter = _Cutter(text, beginning.characters)
    segments = tuple(cutter.segments(beginning.offset))
    return Cut(beginning.characters, segments, (*beginning.findings, *cutter.findings()))


class _Cutter:
    """Cuts one text, remembering what it mends: what recurs is told once, with its number."""

    def __init__(self, text: str, characters: ServiceCharacters) -> None:
        self.text, self.characters = text, characters
        self.single: list[Finding] = []
        self.repeated: dict[str, tuple[Segment, int]] = {}
        release = re.escape(characters.release) if characters.release != " " else ""
        self.release = re.compile(f"{release}(.)", re.DOTALL) if release else None
        self.piece = {
            one: _pattern(release, re.escape(one))
            for one in (characters.terminator, characters.element, characters.component)
        }
        # Possessive and only from the first break of a run: a text of breaks alone stays linear.
        tags = _TAGS.replace(" ", "|")
        self.lost = re.compile(
            rf"(?<![\r\n])[\r\n]++[ \t]*+(?=(?:{tags}){re.escape(characters.element)})",
            re.IGNORECASE,
        )

    def segments(self, offset: int) -> Iterator[Segment]:
        number, over = 0, False
        for start, raw, ended in self._pieces(offset):
            for at, part, is_whole in self._at_lost_ends(start, raw, ended):
                lead = len(part) - len(part.lstrip(BLANK))
                content = part.strip(BLANK)
                if over:
                    self._after_the_end(at + lead, content, number)
                elif content:
                    number += 1
                    segment = self._segment(number, content, at + lead)
                    self._note(segment, part, is_whole)
                    over = segment.tag == "UNZ"
                    yield segment
                elif is_whole:
                    self._tell("segment_empty", number + 1, at)

    def findings(self) -> list[Finding]:
        repeated = [
            segment.told(code, found=str(times)) for code, (segment, times) in self.repeated.items()
        ]
        return sorted(self.single + repeated, key=lambda one: (one.segment, one.code))

    def _pieces(self, offset: int) -> Iterator[tuple[int, str, bool]]:
        pattern, end = self.piece[self.characters.terminator], len(self.text)
        while offset < end:
            found = pattern.match(self.text, offset)
            after = found.end() if found else offset
            if after < end and self.text[after] != self.characters.terminator:
                raise MessageUnreadable(why="release", tag="", position=after + 1)
            yield offset, self.text[offset:after], after < end
            offset = after + 1

    def _at_lost_ends(self, start: int, raw: str, ended: bool) -> Iterator[tuple[int, str, bool]]:
        if self.characters.terminator in "\r\n":
            yield start, raw, ended
            return
        begin = 0
        for found in self.lost.finditer(raw):
            if raw[begin : found.start()].strip(BLANK):
                yield start + begin, raw[begin : found.start()], False
                begin = found.end()
        yield start + begin, raw[begin:], ended

    def _segment(self, number: int, content: str, at: int) -> Segment:
        elements = [self._components(one) for one in self._split(content, self.characters.element)]
        while elements and not elements[-1]:
            elements.pop()
        tag = elements[0][0] if elements and elements[0] else ""
        segment = Segment(number, tag, tuple(elements), at + 1)
        if not re.fullmatch("[A-Z]{3}", tag):
            raise MessageUnreadable(
                why="tag", segment=number, tag="", position=at + 1, found=shape(content)
            )
        return segment

    def _components(self, element: str) -> tuple[str, ...]:
        parts = [self._plain(one) for one in self._split(element, self.characters.component)]
        while parts and not parts[-1]:
            parts.pop()
        return tuple(parts)

    def _split(self, text: str, separator: str) -> list[str]:
        if self.release is None or self.characters.release not in text:
            return text.split(separator)
        pattern, parts, offset = self.piece[separator], [], 0
        while True:
            found = pattern.match(text, offset)
            after = found.end() if found else offset
            parts.append(text[offset:after])
            if after >= len(text):
                return parts
            offset = after + 1

    def _plain(self, raw: str) -> str:
        # Line breaks are no data: long lines were folded. Outer blanks are padding.
        text = re.sub("[\r\n]", "", raw) if self.characters.terminator not in "\r\n" else raw
        if self.release is not None and self.characters.release in text:
            text = self.release.sub(r"\1", text)
        return text.strip(BLANK).upper()

    def _note(self, segment: Segment, part: str, is_whole: bool) -> None:
        content = part.strip(BLANK)
        if not is_whole:
            self.single.append(
                segment.told("terminator_missing", assumed=self.characters.terminator)
            )
        for code, is_so in (
            ("lower_case", content != content.upper()),
            ("blanks", self._has_padding(part)),
            ("line_folded", "\n" in content or "\r" in content),
            (
                "repetition",
                self.characters.reserve != " " and self.characters.reserve in content,
            ),
        ):
            if is_so:
                first, times = self.repeated.get(code, (segment, 0))
                self.repeated[code] = (first, times + 1)

    def _has_padding(self, part: str) -> bool:
        between = re.escape(self.characters.element) + re.escape(self.characters.component)
        outside = part.strip("\r\n")
        return outside != outside.strip(BLANK) or bool(
            re.search(rf"[ \t](?=[{between}])|(?<=[{between}])[ \t]", part)
        )

    def _after_the_end(self, at: int, content: str, number: int) -> None:
        if re.match(r"UN[AB][^A-Za-z0-9]", content, re.IGNORECASE):
            raise MessageUnreadable(
                why="second_interchange", segment=number + 1, tag="UNB", position=at + 1
            )
        if content.strip("\x00\x01\x02\x03\x04\x1a\ufeff" + BLANK):
            self._tell("text_around", number + 1, at, str(len(content)))

    def _tell(self, code: str, number: int, at: int, found: str = "") -> None:
        self.single.append(
            Finding(code=f"message.{code}", segment=number, tag="", position=at + 1, found=found)
        )


def _pattern(release: str, separator: str) -> re.Pattern[str]:
    # Possessive: what is not a separator is taken once and never tried again.
    if not release:
        return re.compile(f"[^{separator}]*+")
    return re.compile(f"(?:[^{release}{separator}]++|{release}.)*+", re.DOTALL)
