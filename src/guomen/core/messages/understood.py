"""Which places of each segment are read, so that what stands elsewhere is told and never dropped."""

from guomen.core.messages.findings import Finding
from guomen.core.messages.segments import Segment

_READ: dict[str, tuple[int, ...]] = {
    "UNB": (1, 2, 2, 2, 2, 1, 0, 1, 0, 0, 0, 1),
    "UNG": (1, 1, 2, 2, 2, 1, 1, 2),
    "UNH": (1, 1, 5, 1, 2),
    "UNT": (1, 1, 1),
    "UNE": (1, 1, 1),
    "UNZ": (1, 1, 1),
    "BGM": (1, 1, 1),
    "RFF": (1, 5),
    "NAD": (1, 1, 0, 0, 5, 4, 1, 4, 1, 1),
    "COM": (1, 2, 2, 2, 2, 2, 2, 2, 2, 2),
    "TDT": (1, 1, 1, 1, 0, 3, 0, 0, 4),
    "LOC": (1, 1, 4, 4),
    "DTM": (1, 4),
    "ATT": (1, 1, 0, 3),
    "MEA": (1, 1, 0, 2),
    "GEI": (1, 1, 3),
    "FTX": (1, 1, 0, 0, 5),
    "EMP": (1, 1, 3),
    "NAT": (1, 1, 3),
    "DOC": (1, 3, 1),
    "CNT": (1, 2),
}
"""For each element of a segment, the tag being the first: how many of its components are read."""


def tell_unread(segment: Segment, findings: list[Finding]) -> None:
    """Tell the first place of a known segment where something stands that nobody reads."""
    read = _READ.get(segment.tag, ())
    for number, element in enumerate(segment.elements):
        for component in range(read[number] if number < len(read) else 0, len(element)):
            if element[component] and segment.tag in _READ:
                place = f"{number + 1}:{component + 1}"
                findings.append(segment.told("element_unread", found=place))
                return
