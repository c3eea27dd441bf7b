"""From bytes to text: by the mark at the beginning, as UTF-8, or by the character set UNB names."""

import codecs
import re

from guomen.core.messages.findings import Finding, MessageUnreadable

MOST = 5_000_000
"""Characters or bytes of one interchange: twenty thousand travellers are fewer."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SETS = {
    "UNOC": "latin-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
}
"""ISO 9735-1, data element 0001; UNOA and UNOB are plain ASCII, UNOW and UNOY are UTF-8."""


def decode(source: str | bytes) -> tuple[str, tuple[Finding, ...]]:
    """Give the text without its mark; tell what character set was assumed where UTF-8 fails."""
    if len(source) > MOST:
        raise MessageUnreadable(
            why="too_long", segment=0, tag="", position=0, found=str(len(source))
        )
    text, told = (source, ()) if isinstance(source, str) else _text(source)
    if text.startswith("\ufeff"):
        return text[1:], (*told, _told("message.mark_removed"))
    return text, told


def _text(source: bytes) -> tuple[str, tuple[Finding, ...]]:
    mark, name = next((one for one in _MARKS if source.startswith(one[0])), (b"", "utf-8"))
    told = (_told("message.mark_removed", name),) if mark else ()
    try:
        return source[len(mark) :].decode(name), told
    except UnicodeDecodeError:
        return _by_header(source)


def _by_header(source: bytes) -> tuple[str, tuple[Finding, ...]]:
    named = re.search(rb"UNB.(UNO[A-Z])", source, re.DOTALL | re.IGNORECASE)
    level = named[1].decode("ascii").upper() if named else ""
    name = _SETS.get(level, "latin-1")
    # Bytes that the set leaves empty would stop the reading of everything else.
    return source.decode(name, errors="replace"), (
        _told("message.characters_assumed", name, level),
    )


def _told(code: str, assumed: str = "", found: str = "") -> Finding:
    return Finding(code=code, segment=0, tag="", position=0, found=found, assumed=assumed)
