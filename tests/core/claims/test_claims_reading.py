"""Keeps the reading of numbers, units, layout, periods and changes in newspaper-like text."""

from decimal import Decimal

import pytest

from guomen.core.claims import Claim, read_claims
from guomen.core.claims.layout import fold
from guomen.core.claims.number_words import han_integer


def only(text: str) -> Claim:
    """The one claim of a text."""
    claims = read_claims(text)
    assert len(claims) == 1, [claim.quote for claim in claims]
    return claims[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "high_open", "unit", "qualifier"),
    [
        ("口岸共放行旅客2.05亿人次。", "204500000", "205500000", True, "person_time", "rounded"),
        ("惠及旅客430余万人次。", "4300000", "4400000", True, "person_time", "over"),
        ("惠及旅客431万余人次。", "4310000", "4320000", True, "person_time", "over"),
        ("旅客来自60多个国家。", "60", "70", True, "country", "over"),
        ("查获违法人员近3万人。", "25000", "30000", True, "person", "nearly"),
        ("查获案值约3.1亿元。", "305000000", "315000000", True, "CNY", "about"),
        ("接听来电超过200万通。", "2000000", "3000000", True, "call", "over"),
        ("满意率达97.5%。", "97.45", "97.55", True, "percent", "reach"),
        ("推广便民举措达45项。", "45", "45", False, "measure", "reach"),
        ("查获案件412起。", "412", "412", False, "case", "exact"),
        ("签发证件12万3456本。", "123456", "123456", False, "doc", "exact"),
        ("签发证件1,205本。", "1205", "1205", False, "doc", "exact"),
        ("惠及三十六万余名旅客。", "360000", "370000", True, "person", "over"),
        ("占比六成以上。", "60", "Infinity", True, "percent", "at_least"),
        ("增派警力不少于500人。", "500", "Infinity", True, "person", "at_least"),
        ("候检不超过30分钟。", "0", "30", False, "minute", "at_most"),
        ("候检时间为15～20分钟。", "15", "20", False, "minute", "range"),
        ("客流在80至90万人次之间。", "800000", "900000", False, "person_time", "range"),
        ("检查交通工具4.2万辆（架、列）次。", "41500", "42500", True, "vehicle_time", "rounded"),
        ("放行航班3200架次。", "3200", "3200", False, "vehicle_time", "exact"),
        ("百分之七十二的旅客使用。", "71.5", "72.5", True, "percent", "rounded"),
        ("签发签证3.3万份。", "32500", "33500", True, "visa", "rounded"),
    ],
)
def test_words_around_a_number_set_its_interval(
    text: str, low: str, high: str, high_open: bool, unit: str, qualifier: str
) -> None:
    claim = only(text)
    assert (claim.low, claim.high, claim.high_open) == (Decimal(low), Decimal(high), high_open)
    assert (claim.unit, claim.qualifier) == (unit, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "首届“十大边检能手”评选揭晓。",
        "第三届论坛与第12次会议召开。",
        "拨打12367服务热线，12367支持多种语言，12367通过电话答复，12367人工服务。",
        "一是加强领导。二是密切配合。三是狠抓落实。",
        "依法处理“三非”外国人。",
        "开展“五个一”活动（即一次座谈、一次宣誓）。",
        "一位干部、一批民警、一个地方一起进一步努力。",
        "数十名旅客、上百件行李、几千人次。",
        "2023年5月15日起，有效期为3个月，5个工作日办结。",
        "“12项措施”和《关于100项任务的通知》印发。",
        "四川、三亚、双拥办、百姓、一线。",
        "排名前10位，第一位是该口岸。",
        "建设人才高地十项政策措施成效。",
        "三分之二的旅客、每10名旅客中有7人。",
        "COVID19人群与A4张。",
        "",
    ],
)
def test_what_only_looks_like_a_figure_is_no_claim(text: str) -> None:
    assert [claim.quote for claim in read_claims(text)] == []


def test_a_hotline_number_with_a_unit_is_a_figure_after_all() -> None:
    assert only("全年受理求助12367件。").value == 12367


def test_spelled_counts_are_claims_where_they_are_issued() -> None:
    claims = read_claims("同日推出八项措施，新增两条专用通道。")
    assert [(c.quote, c.unit, c.tier, c.kind) for c in claims] == [
        ("八项", "measure", "count", "level"),
        ("两条", "lane", "count", "level"),
    ]


COLUMNS = """\
 今 年 上 半 年 ， 全 市 边 检 机
关共查验出入境旅客 1.
36 亿人次，检查船舶 7.5

万艘次，分 别同比增长 21.5
%、3.2%。查破案件218
起306
人。

某边检总站：

旅客持续增长

本报记者 甲乙
"""


def test_newspaper_columns_are_read_across_breaks_inside_words_and_figures() -> None:
    claims = read_claims(COLUMNS)
    quotes = ["1.|36 亿人次", "7.5||万艘次", "21.5|%", "3.2%", "218|起", "306|人"]
    assert [claim.quote.replace("\n", "|") for claim in claims] == quotes
    assert [claim.refers_to for claim in claims] == [None, None, 0, 1, None, None]
    assert {claim.period.words for claim in claims} == {"今年上半年"}


def test_a_figure_torn_between_its_digits_is_left_out_rather_than_misread() -> None:
    assert read_claims("查破案件21\n8起，增长2\n1.5%。") == ()


def test_a_break_between_two_digits_is_never_closed() -> None:
    assert fold("12\n34").text == "12 34"


def test_a_blank_line_in_a_full_column_is_no_end_of_sentence() -> None:
    text = "国家移民管理机构部署沿边\n九省区以外的12省区\n\n相关部门开展专项行动。"
    assert "12省区相关部门" in fold(text).text


def test_a_headline_stays_apart_from_the_body() -> None:
    text = "某总站上半年工作\n\n全市边检机关共查验出入境旅客1.36亿人次，同比有增长。"
    assert only(text).subject == "全市边检机关共查验出入境旅客1.36亿人次"


def test_spans_are_code_points_of_the_raw_text() -> None:
    text = "共\u200b查验 1.36 亿\n人次。"
    claim = only(text)
    assert claim.quote == text[claim.start : claim.end] == "1.36 亿\n人次"


def test_list_members_take_unit_noun_and_change_from_their_list() -> None:
    claims = read_claims(
        "2024年，其中内地居民、外国人分别为2.1亿、0.3亿人次，分别同比增长12.5%、40.1%。"
    )
    assert [c.unit for c in claims[:2]] == ["person_time", "person_time"]
    assert [c.measured for c in claims[:2]] == ["内地居民", "外国人"]
    assert [c.refers_to for c in claims] == [None, None, 0, 1]
    ratios = [c.comparison and c.comparison.ratio for c in claims[2:]]
    assert ratios == [Decimal("1.125"), Decimal("1.401")]


@pytest.mark.parametrize(
    ("words", "kind", "direction", "ratio"),
    [
        ("同比增长16.1%", "yoy", "up", "1.161"),
        ("同比下降15.6%", "yoy", "down", "0.844"),
        ("环比增长2%", "qoq", "up", "1.02"),
        ("较2019年增长4%", "vs_2019", "up", "1.04"),
        ("是去年同期的2.2倍", "yoy", "up", "2.2"),
        ("恢复至2019年同期的73%", "vs_2019", "down", "0.73"),
        ("同比增长1.2倍", "yoy", "up", "2.2"),
        ("同比翻一番", "yoy", "up", "2"),
    ],
)
def test_changes_give_base_direction_and_ratio(
    words: str, kind: str, direction: str, ratio: str
) -> None:
    change = read_claims(f"上半年查验旅客3.3亿人次，{words}。")[1]
    assert change.kind == "change"
    assert change.refers_to == 0
    assert change.comparison is not None
    assert (change.comparison.kind, change.comparison.direction) == (kind, direction)
    assert change.comparison.ratio == Decimal(ratio)


def test_what_rose_to_a_value_states_a_level() -> None:
    claims = read_claims("2024年，满意率由97.6%提高到98.4%，提高0.8个百分点。")
    assert [c.kind for c in claims] == ["rate", "rate", "change"]
    assert claims[0].period.kind == "other"
    assert claims[2].refers_to == 1
    assert "满意率" in claims[1].measured


@pytest.mark.parametrize(
    ("words", "kind", "year", "part"),
    [
        ("2023年上半年", "half_year", 2023, 1),
        ("二〇二三年下半年", "half_year", 2023, 2),
        ("2024年第三季度", "quarter", 2024, 3),
        ("2024年一季度", "quarter", 2024, 1),
        ("2024年前三季度", "quarters", 2024, 3),
        ("2024年1至6月", "half_year", 2024, 1),
        ("2024年12月", "month", 2024, 12),
        ("2024年十一月", "month", 2024, 11),
        ("2024年全年", "year", 2024, None),
        ("2024年", "year", 2024, None),
        ("上半年", "half_year", None, 1),
        ("截至目前", "cumulative", None, None),
        ("截至2024年6月30日", "cumulative", None, None),
        ("开通以来", "since_event", None, None),
        ("国庆假期", "other", None, None),
        ("5月1日", "other", None, None),
        ("民警表示", "not_stated", None, None),
    ],
)
def test_words_of_time_give_the_period(
    words: str, kind: str, year: int | None, part: int | None
) -> None:
    period = only(f"{words}，全市查验旅客300万人次。").period
    assert (period.kind, period.year, period.part) == (kind, year, part)


def test_a_period_is_carried_to_the_next_sentence_but_not_past_the_paragraph() -> None:
    text = "2024年上半年，查获案件30起。其中走私案件5起。\n\n查获人员40人。"
    assert [c.period.kind for c in read_claims(text)] == ["half_year", "half_year", "not_stated"]
    assert [c.period.inherited for c in read_claims(text)] == [False, True, False]


def test_growth_is_of_the_number_and_points_are_of_the_rate() -> None:
    claims = read_claims(
        "2024年入境外国人854万人次，占比52%，同比增长190.1%，较上年同期提高3.2个百分点（+5%）。"
    )
    assert [c.kind for c in claims] == ["level", "rate", "change", "change", "change"]
    assert [c.refers_to for c in claims] == [None, None, 0, 1, 0]


def test_a_base_of_comparison_is_not_the_period() -> None:
    claims = read_claims("2024年查验旅客6.1亿人次，较2019年下降9%，其中外国人0.6亿人次。")
    assert {c.period.year for c in claims} == {2024}


@pytest.mark.parametrize(
    ("words", "number"),
    [("三百一十四", 314), ("十二", 12), ("二十", 20), ("一千零五", 1005), ("两", 2), ("零", 0)],
)
def test_number_words_are_read(words: str, number: int) -> None:
    assert han_integer(words) == number


@pytest.mark.parametrize("words", ["", "百", "三四", "十百", "百十", "三三两两", "零百"])
def test_words_that_spell_no_one_number_are_refused(words: str) -> None:
    assert han_integer(words) is None
