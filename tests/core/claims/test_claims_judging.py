"""Keeps the verdicts: what is confirmed, what is contradicted, and what stays unknown."""

from datetime import date
from decimal import Decimal

import pytest

from guomen.core.claims import (
    SENTENCES,
    FigureWords,
    Judged,
    Known,
    Reason,
    judge,
    read_claims,
)

WORDS = (
    FigureWords(
        "persons.inspected", frozenset({"person_time"}), (("查验",), ("出入境人员", "旅客")),
        ("日均", "单日", "机场", "外国人"),
    ),
    FigureWords(
        "persons.foreign", frozenset({"person_time"}), (("查验",), ("外国人",)), ("日均", "机场")
    ),
    FigureWords("vehicles", frozenset({"vehicle_time"}), (("交通运输工具",),), ("机场",)),
    FigureWords("drugs", frozenset({"tonne"}), (("缴获",), ("毒品",)), ("制毒",)),
    FigureWords("precursors", frozenset({"tonne"}), (("制毒物品",),), ()),
    FigureWords("calls", frozenset({"call"}), (("来电",),), ()),
    FigureWords("satisfaction", frozenset({"percent"}), (("满意率",),), ()),
    FigureWords("guns", frozenset({"gun"}), (("枪支",),), ()),
)  # fmt: skip

VALUES = {
    "persons.inspected": {"2021H1": "71000000", "2022H1": "62387000", "2023H1": "168196352"},
    "persons.foreign": {"2022H1": "2100000", "2023H1": "8438120"},
    "vehicles": {"2022H1": "4485000", "2023H1": "9831120"},
    "drugs": {"2023H1": "5.1712"},
    "precursors": {"2023H1": "751.72"},
    "calls": {"2023H1": "3382110", "2023": "7010000"},
    "satisfaction": {"2022H1": "97.4", "2023H1": "98.2"},
}
KNOWN = tuple(
    Known(figure, period, Decimal(value), complete=True)
    for figure, series in VALUES.items()
    for period, value in series.items()
)
TRUE = (
    "2023年上半年，全国共查验出入境人员1.68亿人次，检查交通运输工具983.1万架（艘、列、辆）次，"
    "分别同比增长169.6%、119.2%；缴获各类毒品5.17吨、制毒物品751.72吨。"
)


def judged(text: str, published: date | None = None) -> tuple[Judged, ...]:
    """The verdicts on a text against the small table above."""
    return judge(read_claims(text), WORDS, KNOWN, published)


def only(text: str, published: date | None = None) -> Judged:
    """The verdict on a text's one claim."""
    (verdict,) = judged(text, published)
    return verdict


def test_a_true_text_is_confirmed_claim_by_claim() -> None:
    verdicts = judged(TRUE)
    assert [v.verdict for v in verdicts] == ["confirmed"] * 6
    assert [v.figure for v in verdicts] == [
        "persons.inspected", "vehicles", "persons.inspected", "vehicles", "drugs", "precursors",
    ]  # fmt: skip
    assert {v.period for v in verdicts} == {"2023H1"}


@pytest.mark.parametrize(
    ("printed", "planted", "contradicted", "reason"),
    [
        ("1.68亿", "1.78亿", [0], Reason.VALUE_OUTSIDE),
        ("1.68亿", "1.86亿", [0], Reason.VALUE_OUTSIDE),
        ("1.68亿", "1.68万", [0], Reason.VALUE_OUTSIDE),
        ("983.1万", "983.1亿", [1], Reason.VALUE_OUTSIDE),
        ("983.1万", "938.1万", [1], Reason.VALUE_OUTSIDE),
        ("983.1万", "983.2万", [1], Reason.VALUE_OUTSIDE),
        ("169.6%", "196.6%", [2], Reason.GROWTH_DIFFERS),
        ("169.6%", "169.7%", [2], Reason.GROWTH_DIFFERS),
        ("增长", "下降", [2, 3], Reason.DIRECTION_REVERSED),
        ("169.6%、119.2%", "119.2%、169.6%", [2, 3], Reason.GROWTH_DIFFERS),
        ("毒品5.17吨", "毒品5.71吨", [4], Reason.VALUE_OUTSIDE),
        ("751.72吨", "715.72吨", [5], Reason.VALUE_OUTSIDE),
    ],
)
def test_a_planted_error_is_contradicted_and_only_it(
    printed: str, planted: str, contradicted: list[int], reason: Reason
) -> None:
    assert printed in TRUE
    verdicts = judged(TRUE.replace(printed, planted))
    found = [index for index, v in enumerate(verdicts) if v.verdict == "contradicted"]
    assert found == contradicted
    assert {verdicts[index].reason for index in found} == {reason.value}
    assert all(v.verdict == "confirmed" for i, v in enumerate(verdicts) if i not in found)


def test_swapped_members_of_a_list_of_levels_are_contradicted() -> None:
    words = (FigureWords("a", frozenset({"person_time"}), (("居民",),), ()),
             FigureWords("b", frozenset({"person_time"}), (("外国人",),), ()))  # fmt: skip
    known = (Known("a", "2023", Decimal(210_000_000), complete=True),
             Known("b", "2023", Decimal(30_000_000), complete=True))  # fmt: skip
    right, swapped = (
        judge(read_claims(f"2023年，居民、外国人分别为{pair}亿人次。"), words, known, None)
        for pair in ("2.1亿、0.3", "0.3亿、2.1")
    )
    assert [v.verdict for v in right] == ["confirmed", "confirmed"]
    assert [v.verdict for v in swapped] == ["contradicted", "contradicted"]


H1 = "上半年，全国共查验出入境人员{}人次。"


def test_a_missing_year_is_taken_from_the_day_of_publication() -> None:
    assert only(H1.format("1.68亿"), date(2023, 7, 19)).reason == Reason.VALUE_IN_INTERVAL
    early = only(H1.format("1.68亿"), date(2023, 6, 30))
    assert (early.verdict, early.period) == ("contradicted", "2022H1")
    assert early.facts["other_periods"] == "2023H1"


def test_without_a_day_the_latest_year_that_fits_is_assumed() -> None:
    verdict = only(H1.format("1.68亿"))
    assert (verdict.verdict, verdict.reason) == ("confirmed", Reason.YEAR_ASSUMED)
    assert verdict.facts["year_assumed"] == "2023"


def test_a_value_of_another_year_stays_unknown_with_that_year_named() -> None:
    verdict = only(H1.format("7100万"))
    assert (verdict.verdict, verdict.reason) == ("unknown", Reason.MATCHES_OTHER_PERIOD)
    assert verdict.facts["other_periods"] == "2021H1"


def test_a_value_of_no_year_is_contradicted_with_what_each_has() -> None:
    verdict = only(H1.format("1.86亿"))
    assert (verdict.verdict, verdict.reason) == ("contradicted", Reason.NO_YEAR_FITS)
    assert "2022H1: 62387000" in verdict.facts["on_record"]


def test_last_year_is_counted_from_publication() -> None:
    text = "去年上半年，全国共查验出入境人员1.68亿人次。"
    assert only(text, date(2024, 3, 1)).period == "2023H1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12367平台累计接处来电358万通。", Reason.CUT_OFF_UNKNOWN),
        ("平台开通以来接处来电358万通。", Reason.CUT_OFF_UNKNOWN),
        ("平台接处来电358万通。", Reason.PERIOD_NOT_STATED),
        ("国庆假期，平台接处来电8万通。", Reason.PERIOD_NOT_CALENDAR),
        ("2023年上半年查缴枪支670支。", Reason.NO_RECORD),
        ("2020年上半年接处来电358万通。", Reason.NO_RECORD),
        ("2023年上半年慰问家属670人。", Reason.NO_FIGURE),
        ("2023年上半年，白云机场查验出入境人员600万人次。", Reason.NO_FIGURE),
        ("2023年上半年日均查验出入境人员93万人次。", Reason.NO_FIGURE),
        ("部署沿边9省区开展活动。", Reason.NO_FIGURE),
        ("2021年上半年查验出入境人员同比增长3%。", Reason.NO_BASE_RECORD),
        ("2023年上半年查验出入境人员增长169.6%。", Reason.BASE_NOT_STATED),
    ],
)
def test_what_cannot_be_known_is_unknown_and_says_why(text: str, reason: Reason) -> None:
    verdict = only(text)
    assert (verdict.verdict, verdict.reason) == ("unknown", reason.value)


def test_a_running_total_shows_what_is_on_record() -> None:
    facts = only("12367平台累计接处来电358万通。").facts
    assert facts["on_record"] == "2023H1: 3382110, 2023: 7010000"


def test_a_period_outside_the_records_is_not_judged() -> None:
    known = (Known("calls", "2023H1", Decimal(1), complete=False),)
    text = "2023年上半年接处来电358万通。"
    (verdict,) = judge(read_claims(text), WORDS, known, None)
    assert (verdict.verdict, verdict.reason) == ("unknown", Reason.RECORD_INCOMPLETE)


def test_the_scope_of_an_airport_holds_for_its_whole_sentence() -> None:
    text = "2023年上半年，白云机场查验出入境人员600万人次，检查交通运输工具4万架次。"
    assert [v.verdict for v in judged(text)] == ["unknown", "unknown"]


def test_a_part_of_the_whole_is_its_own_figure() -> None:
    verdicts = judged("2023年上半年共查验出入境人员1.68亿人次，其中外国人843.8万人次。")
    assert [(v.figure, v.verdict) for v in verdicts] == [
        ("persons.inspected", "confirmed"),
        ("persons.foreign", "confirmed"),
    ]


def test_two_figures_that_fit_equally_are_not_chosen_between() -> None:
    words = (FigureWords("a", frozenset({"call"}), (("来电",),), ()),
             FigureWords("b", frozenset({"call"}), (("来电",),), ()))  # fmt: skip
    (verdict,) = judge(read_claims("2023年来电358万通。"), words, KNOWN, None)
    assert verdict.reason == Reason.SEVERAL_FIGURES


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ("比上年同期提高0.8个百分点", "confirmed"),
        ("比上年同期提高1.8个百分点", "contradicted"),
        ("比上年同期下降0.8个百分点", "contradicted"),
    ],
)
def test_points_are_differences_of_rates(change: str, verdict: str) -> None:
    assert judged(f"2023年上半年满意率达98.2%，{change}。")[1].verdict == verdict


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ("是去年同期的2.7倍", "confirmed"),
        ("同比增长1.7倍", "confirmed"),
        ("同比增长2.7倍", "contradicted"),
        ("同比增加1.06亿人次", "confirmed"),
        ("同比翻一番", "contradicted"),
        ("较2021年增长136.9%", "confirmed"),
    ],
)
def test_other_words_of_change_are_computed(change: str, verdict: str) -> None:
    text = f"2023年上半年共查验出入境人员1.68亿人次，{change}。"
    assert judged(text)[1].verdict == verdict


def test_quarters_and_months_compare_with_the_one_before() -> None:
    for words, code, before in (
        ("2024年一季度", "2024Q1", "2023Q4"),
        ("2024年1月", "2024-01", "2023-12"),
        ("2024年下半年", "2024H2", "2024H1"),
    ):
        known = (Known("calls", code, Decimal(1_100_000), complete=True),
                 Known("calls", before, Decimal(1_000_000), complete=True))  # fmt: skip
        claims = read_claims(f"{words}来电110万通，环比增长10%。")
        assert [v.verdict for v in judge(claims, WORDS, known, None)] == ["confirmed"] * 2


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
