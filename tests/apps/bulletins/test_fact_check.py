"""Keeps the check of an article against the records: confirmed, contradicted, or unknown."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.conf import settings

from guomen.apps.bulletins.checking import check_article, known_values
from guomen.apps.bulletins.operations import tally_sealed
from guomen.apps.bulletins.queries import bulletin, recounted, value
from guomen.apps.ledger.queries import simulation
from guomen.apps.ledger.verification import verify_ledger
from guomen.core.claims import Judged
from guomen.core.seal import public_key_of
from guomen.core.time import parse_period
from simulation.nation import Nation
from tests.apps.bulletins.conftest import AT, Press
from tests.builders import seal_now
from tests.nation import NationForTests

PUBLISHED = date(2023, 7, 19)


def checked(press: Press, text: str) -> Mapping[str, Judged]:
    """Check a text and give the claims by what they quote."""
    found = check_article(text=text, published=PUBLISHED, jurisdiction=press.nation.jurisdiction)
    return {one.claim.quote: one for one in found}


def test_figure_and_growth_that_the_records_give_are_confirmed(press: Press) -> None:
    text = "2023年上半年，全国移民管理机构共查验出入境人员1.68亿人次，同比增长169.6%。"
    found = checked(press, text)
    assert [one.verdict for one in found.values()] == ["confirmed", "confirmed"]
    assert {one.figure for one in found.values()} == {"persons.inspected"}
    assert {one.period for one in found.values()} == {"2023H1"}


def test_figure_and_growth_that_the_records_do_not_give_are_contradicted(press: Press) -> None:
    text = "2023年上半年，全国移民管理机构共查验出入境人员1.78亿人次，同比增长185.3%。"
    assert [one.verdict for one in checked(press, text).values()] == [
        "contradicted",
        "contradicted",
    ]


def test_rise_told_as_a_fall_is_contradicted(press: Press) -> None:
    text = "2023年上半年，全国移民管理机构共查验出入境人员1.68亿人次，同比下降169.6%。"
    verdicts = {one.claim.kind: one.verdict for one in checked(press, text).values()}
    assert verdicts == {"level": "confirmed", "change": "contradicted"}


def test_figure_that_nobody_counts_here_is_unknown(press: Press) -> None:
    text = "2023年上半年，全国共签发普通护照1002.3万本。"
    [found] = checked(press, text).values()
    assert (found.verdict, found.figure) == ("unknown", None)


def test_period_that_the_records_do_not_cover_is_unknown(press: Press) -> None:
    text = "2019年上半年，全国移民管理机构共查验出入境人员3.45亿人次。"
    [found] = checked(press, text).values()
    assert found.verdict == "unknown"


def test_year_that_is_not_printed_is_read_from_the_day_of_publication(press: Press) -> None:
    text = "上半年，全国移民管理机构共查验出入境人员1.68亿人次。"
    [found] = checked(press, text).values()
    assert (found.verdict, found.period) == ("confirmed", "2023H1")


def test_own_bulletin_is_confirmed_in_every_claim_it_makes(press: Press) -> None:
    text = bulletin(bulletin_id=press.compile()).texts["zh-Hans"]
    verdicts = [one.verdict for one in checked(press, text).values()]
    assert len(verdicts) >= 6
    assert "contradicted" not in verdicts


def test_true_records_have_no_margin(press: Press) -> None:
    known = known_values([press.figure("persons.inspected")])
    assert {one.margin for one in known} == {Decimal(0)}
    assert {one.period: one.value for one in known}["2023H1"] == Decimal(168_200_000)


def test_figure_without_a_record_has_no_value_rather_than_zero(press: Press) -> None:
    assert known_values([press.figure("conveyances.ships")]) == []


SCALE = "0.00002"


def test_tiny_nation_is_checked_at_its_own_scale(committed: NationForTests) -> None:
    nation = Nation(committed.jurisdiction, SCALE, 7, str(committed.login("lane")))
    nation.run(lambda _what, _done, _whole: None, AT)
    seal_now()
    tally_sealed(node=settings.GUOMEN_NODE)
    _agrees_with_itself(committed)
    press = Press(committed)
    right = "2023年上半年，全国移民管理机构共查验出入境人员1.68亿人次，同比增长169.6%。"
    wrong = "2023年上半年，全国移民管理机构共查验出入境人员2.68亿人次，同比下降12.3%。"
    assert [one.verdict for one in checked(press, right).values()] == ["confirmed"] * 2
    assert [one.verdict for one in checked(press, wrong).values()] == ["contradicted"] * 2
    assert "同比增长169.6%" in bulletin(bulletin_id=press.compile()).texts["zh-Hans"]


def _agrees_with_itself(nation: NationForTests) -> None:
    told = simulation()
    assert told is not None
    assert (told.scale, told.seed, told.periods) == (SCALE, 7, ("2022H1", "2023H1"))
    assert verify_ledger({}, public_key_of(settings.GUOMEN_SEAL_KEY)).faults == ()
    for name, definition in nation.jurisdiction.figures.items():
        for period in ("2022H1", "2023H1"):
            span = parse_period(period)
            tallied = value(definition=definition, period=span)
            assert tallied == recounted(definition=definition, period=span), name
    persons = nation.jurisdiction.figures["persons.inspected"]
    assert value(definition=persons, period=parse_period("2023H1")) == 3364
