"""What was mended while a message was read, and why one cannot be read; both with their place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from guomen.core.refusal import Nature, Refusal


class MessageUnreadable(Refusal):
    """A message cannot be read: why, and at which segment, element, component and character.

    All places count from 1; 0 stands for "as a whole".
    """

    code = "message.unreadable"
    nature = Nature.BAD_INPUT


class ListDoubtful(Refusal):
    """A message was read, but contradicts itself, so somebody has to ask its sender."""

    code = "message.doubtful"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was mended: what was found, what was assumed instead, and where.

    `segment` and `position` (characters) count from 1. `found` shows the shape of what may be
    personal, never the text. `grave`: the message contradicts itself or is not whole, so the
    assumption must not stand without asking.
    """

    code: str
    segment: int
    tag: str
    position: int
    found: str = ""
    assumed: str = ""
    grave: bool = False


def require_sound(findings: Iterable[Finding]) -> None:
    """Refuse with `message.doubtful` at the first grave finding; both numbers are in the facts."""
    for one in findings:
        if one.grave:
            raise ListDoubtful(
                why=one.code.removeprefix("message."),
                segment=one.segment,
                tag=one.tag,
                position=one.position,
                found=one.found,
                assumed=one.assumed,
            )


def shape(text: str) -> str:
    """Show only the form of a text: digits as 9, letters as A; at most twenty characters."""
    masked = re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", text))
    return masked if len(masked) <= 20 else f"{masked[:20]}…"
