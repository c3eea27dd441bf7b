"""Keeps what holds for every text: layout changes no figure, spans are exact, nothing raises."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from guomen.core.claims import read_claims
from guomen.core.claims.layout import fold

SENTENCES = st.sampled_from(
    [
        "2024年上半年全市共查验出入境人员1.68亿人次，同比增长16.9%。",
        "查破案件375起547人，缴获毒品5.17吨、制毒物品751.72吨。",
        "累计接听来电270余万通，涉及100多个国家和地区，满意率达98.2%。",
        "检查交通工具983.1万架（艘、列、辆）次，其中惠及二十七万余名旅客。",
        "内地居民、外国人分别为1.59亿、0.38亿人次，分别同比增长16%、下降3.5%。",
    ]
)
NOISE = st.lists(st.sampled_from(["", "", "", " ", "\n", "　", "\u00a0", " \n "]), max_size=200)
FRAGMENTS = st.sampled_from(
    [*"一二三十百千万亿0123456789.,%第前余多至～、，。“”《》\n 月年", "人次", "同比增长", "分别"]
)
SIMPLE = st.builds(
    lambda tens, scale: (f"上半年查验旅客{tens}{scale}人次。", tens, scale),
    st.decimals(min_value=Decimal("0.01"), max_value=9999, places=2),
    st.sampled_from(["万", "亿"]),
)


def with_noise(text: str, noise: list[str]) -> str:
    """The text with layout noise wherever at least one neighbour is no Latin letter or digit."""
    parts = [text[0]]
    for index, character in enumerate(text[1:]):
        breakable = not (text[index].isascii() and character.isascii())
        parts.append(noise[index] if breakable and index < len(noise) else "")
        parts.append(character)
    return "".join(parts)


@given(SENTENCES, NOISE)
def test_layout_noise_changes_no_figure(sentence: str, noise: list[str]) -> None:
    clean, noisy = read_claims(sentence), read_claims(with_noise(sentence, noise))
    assert [(c.low, c.high, c.unit, c.refers_to) for c in noisy] == [
        (c.low, c.high, c.unit, c.refers_to) for c in clean
    ]


@given(SENTENCES, NOISE)
def test_quotes_are_slices_of_the_raw_text(sentence: str, noise: list[str]) -> None:
    raw = with_noise(sentence, noise)
    claims = read_claims(raw)
    assert claims
    for claim in claims:
        assert raw[claim.start : claim.end] == claim.quote
        assert claim.clause_start <= claim.start < claim.end <= claim.clause_end


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=60).map("".join)))
@settings(max_examples=400)
def test_any_text_can_be_read(text: str) -> None:
    claims = read_claims(text)
    assert all(text[c.start : c.end] == c.quote and c.low <= c.high for c in claims)
    assert [c.start for c in claims] == sorted(c.start for c in claims)


@given(st.text(alphabet="国境 \n\t0123ab，。　", max_size=80))
def test_folding_keeps_order_and_loses_no_letter(raw: str) -> None:
    folded = fold(raw)
    assert list(folded.origin) == sorted(set(folded.origin))
    kept = [character for character in folded.text if not character.isspace()]
    assert kept == [character for character in raw if not character.isspace()]


@given(SIMPLE)
def test_a_printed_figure_allows_its_own_value(built: tuple[str, Decimal, str]) -> None:
    text, tens, scale = built
    value = tens * {"万": 10**4, "亿": 10**8}[scale]
    (claim,) = read_claims(text)
    assert claim.value == value
    assert claim.allows(value)
    assert not claim.allows(claim.high)
