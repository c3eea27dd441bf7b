"""What the synthetic half-years are calibrated to: published totals, and where they came from.

V: published (domain/figures.md §§2-4). D: derived there from published growth. A: assumed here,
because nobody published it. Every figure of the demo is counted from records, never read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HalfYear:
    """One half-year at full scale: crossings by group and quarter, conveyances by kind and quarter."""

    code: str
    crossings: Mapping[str, tuple[int, int]]
    conveyances: Mapping[str, tuple[int, int]]
    extended_permits: int


FIRST_2022 = HalfYear(
    "2022H1",
    {
        # V: 30.094 m and 32.293 m; the groups' shares are those of the whole year (D).
        "mainland": (16_808_000, 18_037_000),
        "hmt": (12_125_000, 13_010_000),
        "foreign": (1_161_000, 1_246_000),
        "border": (0, 0),
    },
    {
        # D: 4.485 m is the base that the published +119.2 % implies (Q1 + Q2 as first published
        # give 4.495 m: the base was revised). The kinds are assumed (A).
        "aircraft": (44_000, 46_000),
        "ship": (79_000, 81_000),
        "train": (20_000, 20_000),
        "vehicle": (2_129_000, 2_066_000),
    },
    0,
)

FIRST_2023 = HalfYear(
    "2023H1",
    {
        # V: 80.276 m, 74.903 m and 8.438 m, and the first quarter of each. D: border residents are
        # what is missing to 168.2 m; the first quarter was published without them.
        "mainland": (32_351_000, 47_925_000),
        "hmt": (29_488_000, 45_415_000),
        "foreign": (3_226_000, 5_212_000),
        "border": (0, 4_583_000),
    },
    {
        # V: all eight numbers.
        "aircraft": (75_000, 129_000),
        "ship": (88_000, 103_000),
        "train": (21_000, 23_000),
        "vehicle": (3_939_000, 5_453_000),
    },
    # D: 3.64 m from 8 May to 30 October are 20,700 a day, 2.70 m to mid-August 27,500; so about
    # 1.49 m fall into the 54 days of this half-year.
    1_485_000,
)

HALF_YEARS = (FIRST_2022, FIRST_2023)

EXTENSION_BEGINS = "2023-05-08"
FAST_LANES_AT_HK_MACAO = "2023-01-08"
FAST_LANES_EVERYWHERE = "2023-05-15"

MONTHS_OF_QUARTER = (0.30, 0.32, 0.38)
"""How a quarter's traffic falls on its months (A): rising, as both half-years did."""

REFERRED = 0.004
"""Share of presentations that a lane refers and an officer then admits (A)."""

NOT_ADMITTED = 0.0004
"""Presentations beyond the published crossings that an officer does not admit (A)."""

_HK_MACAO_2022 = {
    "GONGBEI": 34,
    "QINGMAO": 14,
    "HENGQIN": 9,
    "HZMB_ZH": 3,
    "SHENZHEN_BAY": 3,
    "HUANGGANG": 1,
}
_HK_MACAO_2023 = {
    "GONGBEI": 22,
    "QINGMAO": 8,
    "HENGQIN": 6,
    "HZMB_ZH": 6,
    "LUOHU": 12,
    "FUTIAN": 12,
    "SHENZHEN_BAY": 9,
    "HUANGGANG": 4,
    "LIANTANG": 5,
    "WENJINDU": 1,
    "XIJIULONG": 5,
}
_AIRPORTS = {"PVG": 9, "PEK": 4, "CAN": 6, "SZX": 2, "TFU": 2, "XMN": 2, "HGH": 2, "KMG": 1}
_BORDER = {"DONGXING": 8, "YOUYIGUAN": 4, "RUILI": 7, "HEKOU": 5, "MOHAN_H": 3, "MANZHOULI_H": 1}

PORT_WEIGHTS: Mapping[tuple[str, str], Mapping[str, int]] = {
    ("2022H1", "mainland"): {**_HK_MACAO_2022, **_AIRPORTS},
    ("2022H1", "hmt"): _HK_MACAO_2022,
    ("2022H1", "foreign"): {**_AIRPORTS, "SHEKOU": 1, "ALASHANKOU": 1},
    ("2022H1", "border"): _BORDER,
    ("2023H1", "mainland"): {**_HK_MACAO_2023, **_AIRPORTS},
    ("2023H1", "hmt"): _HK_MACAO_2023,
    ("2023H1", "foreign"): {**_AIRPORTS, "SUIFENHE_H": 2, "HORGOS": 2, "YOUYIGUAN": 3},
    ("2023H1", "border"): _BORDER,
}
"""Where each group crosses, by weight (A; the order of the great ports is public)."""
