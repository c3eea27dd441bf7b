"""Growth over the same period of the year before (同比), computed from exact counts."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Growth:
    """`percent` has one decimal, rounded half up (四舍五入); None when the base is zero."""

    now: int
    base: int
    percent: Decimal | None


def growth(now: int, base: int) -> Growth:
    """Compute growth in percent; a base of zero gives none, because nothing can be divided by it."""
    if base == 0:
        return Growth(now, base, None)
    change = Decimal(now - base) * 100 / Decimal(base)
    return Growth(now, base, change.quantize(Decimal("0.1"), ROUND_HALF_UP))
