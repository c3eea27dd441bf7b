"""Keeps how real messages go wrong: what is mended is told with its place, what is not is refused."""

from datetime import date

import pytest

from guomen.core.advance_lists import Conveyance
from guomen.core.messages import (
    Finding,
    Interchange,
    ListDoubtful,
    MessageUnreadable,
    read_paxlst,
    require_sound,
)
from tests.core.messages.samples import PASSENGERS, PROGRESSIVE

ON = date(2024, 1, 5)
RIGHT = read_paxlst(PASSENGERS, ON, lambda port: port == "TFU")


def read(text: str | bytes) -> Interchange:
    return read_paxlst(text, ON, lambda port: port == "TFU")


def mended(text: str | bytes, code: str) -> Finding:
    """Read, and give the only finding, which must have this code."""
    interchange = read(text)
    [finding] = interchange.findings
    assert finding.code == f"message.{code}"
    return finding


def same(text: str | bytes, code: str) -> Finding:
    """Read, and give the only finding; all else must be as in the sample."""
    finding = mended(text, code)
    assert read(text).groups == RIGHT.groups
    return finding


def refused(text: str | bytes) -> dict[str, object]:
    with pytest.raises(MessageUnreadable) as caught:
        read(text)
    return dict(caught.value.facts)


def swap(before: str, after: str) -> str:
    assert before in PASSENGERS
    return PASSENGERS.replace(before, after, 1)


def test_line_breaks_between_segments_may_be_left_out() -> None:
    assert read(PASSENGERS.replace("\n", "")) == RIGHT
    assert read(PASSENGERS.replace("\n", "\r\n")) == RIGHT


@pytest.mark.parametrize("characters", [":*.? $", "^!,\\ ~", ":(.) -", ":+.?*'"])
def test_other_service_characters_separate_as_well(characters: str) -> None:
    component, element, decimal, release, reserve, terminator = list(characters)
    body = PASSENGERS.partition("\n")[2].replace("3U*APIS", "3U APIS")
    table = str.maketrans({":": component, "+": element, "?": release, "'": terminator})
    interchange = read(f"UNA{characters}{body.translate(table)}")
    assert interchange.findings == ()
    assert interchange.groups == RIGHT.groups
    assert (interchange.characters.decimal, interchange.characters.reserve) == (decimal, reserve)


def test_release_character_before_itself_does_not_hide_the_terminator() -> None:
    names = read(swap("SICHUAN APIS DESK'", "DESK??'")).messages[0].list.contacts[0].names
    assert names == ("DESK?",)


def test_released_separators_belong_to_the_text() -> None:
    given = "A?+B?:C?'D??E"
    names = read(swap("SICHUAN APIS DESK", given)).messages[0].list.contacts[0].names
    assert names == ("A+B:C'D?E",)


def test_missing_advice_is_told_and_the_usual_characters_assumed() -> None:
    finding = same(PASSENGERS.partition("\n")[2], "una_missing")
    assert (finding.assumed, finding.position, finding.tag) == (":+.? '", 1, "UNA")


def test_unusual_terminator_without_advice_is_worked_out_from_the_header() -> None:
    body = PASSENGERS.partition("\n")[2].replace("'", '"')
    assert same(body, "una_missing").assumed == ':+.? "'


def test_advice_that_lost_its_space_is_mended() -> None:
    assert same(swap("UNA:+.? '", "UNA:+.?'"), "una_short").assumed == ":+.? '"
    assert same(swap("UNA:+.? '\n", "UNA:+.?'"), "una_short").found == ":+.?'"


@pytest.mark.parametrize("characters", [":+.: '", "::.? '", "A+.? '", ":+.? +"])
def test_service_characters_that_cannot_separate_are_refused(characters: str) -> None:
    facts = refused(PASSENGERS.replace(":+.? '", characters, 1))
    assert (facts["why"], facts["found"]) == ("una", characters)


def test_telex_heading_before_the_advice_is_told() -> None:
    finding = same(f"\x01QK PEKNIXH\r\n.MUCKMTS 250521\r\n\x02{PASSENGERS}", "text_around")
    assert (finding.segment, finding.position) == (1, 1)


def test_text_after_the_end_is_told_but_a_transmission_mark_is_not() -> None:
    assert same(f"{PASSENGERS}NNNN", "text_around").found == "4"
    assert read(f"{PASSENGERS}\x03").findings == ()


def test_byte_order_mark_is_removed_and_told() -> None:
    assert same("\ufeff" + PASSENGERS, "mark_removed").segment == 0
    assert same(PASSENGERS.encode("utf-8-sig"), "mark_removed").assumed == "utf-8"
    assert same(PASSENGERS.encode("utf-16"), "mark_removed").assumed == "utf-16-le"


def test_bytes_that_are_not_utf_8_are_read_by_the_character_set_of_the_header() -> None:
    text = swap("UNOA", "UNOE").replace("ERIKSSON", "ЖУКОВ")
    interchange = read(text.encode("iso8859-5"))
    [finding] = interchange.findings
    assert (finding.code, finding.assumed) == ("message.characters_assumed", "iso8859-5")
    assert interchange.messages[0].list.travellers[0].surname == "ЖУКОВ"


def test_lower_case_is_raised_and_told_once_with_the_number_of_segments() -> None:
    finding = same(PASSENGERS.lower(), "lower_case")
    assert (finding.segment, finding.tag, int(finding.found) > 40) == (1, "UNB", True)


def test_blanks_around_segments_and_values_are_told_once() -> None:
    assert same(PASSENGERS.replace("'\n", "'   \n"), "blanks").segment == 2
    assert same(swap("NAD+FL+++ERIKSSON:", "NAD+FL+++ERIKSSON : "), "blanks").tag == "NAD"


def test_folded_line_is_joined_and_told() -> None:
    finding = same(swap("3U8734240105+01:F", "3U8734\n240105+01:F"), "line_folded")
    assert (finding.segment, finding.tag) == (3, "UNH")


def test_lost_terminator_at_the_end_of_a_line_is_mended() -> None:
    finding = same(swap("BGM+745'\n", "BGM+745\n"), "terminator_missing")
    assert (finding.segment, finding.tag, finding.assumed) == (4, "BGM", "'")


def test_missing_last_terminator_is_mended() -> None:
    assert same(PASSENGERS.rstrip("'\n"), "terminator_missing").tag == "UNZ"


@pytest.mark.parametrize(
    ("before", "after", "tag", "numbers"),
    [
        ("UNT+49+", "UNT+50+", "UNT", ("50", "49")),
        ("UNT+49+", "UNT+48+", "UNT", ("48", "49")),
        ("UNE+1+", "UNE+2+", "UNE", ("2", "1")),
        ("UNZ+1+", "UNZ+3+", "UNZ", ("3", "1")),
    ],
)
def test_wrong_count_is_grave_and_tells_both_numbers(
    before: str, after: str, tag: str, numbers: tuple[str, str]
) -> None:
    finding = same(swap(before, after), "count_wrong")
    assert (finding.tag, finding.found, finding.assumed) == (tag, *numbers)
    with pytest.raises(ListDoubtful) as caught:
        require_sound([finding])
    assert caught.value.facts["why"] == "count_wrong"
    assert (caught.value.facts["found"], caught.value.facts["assumed"]) == numbers


def test_wrong_total_is_grave_and_a_missing_one_is_not() -> None:
    wrong = mended(swap("CNT+42:3", "CNT+42:4"), "total_wrong")
    assert (wrong.found, wrong.assumed, wrong.grave) == ("4", "3", True)
    missing = mended(swap("CNT+42:3'\n", "").replace("UNT+49", "UNT+48"), "total_missing")
    assert (missing.assumed, missing.grave) == ("3", False)
    require_sound([missing])


def test_total_of_an_unknown_kind_is_told_and_kept() -> None:
    text = swap("CNT+42:3", "CNT+3:3")
    assert mended(text, "total_unknown").found == "3"
    assert read(text).messages[0].totals == (("3", 3),)


@pytest.mark.parametrize(
    ("line", "tag"),
    [("UNT+49+PAX0000001'\n", "UNT"), ("UNE+1+1'\n", "UNE"), ("UNZ+1+000000001'\n", "UNZ")],
)
def test_missing_trailer_is_grave(line: str, tag: str) -> None:
    finding = same(swap(line, ""), "trailer_missing")
    assert (finding.assumed, finding.grave) == (tag, True)


def test_group_may_be_missing_but_not_half_of_it() -> None:
    without = swap("UNE+1+1'\n", "")
    start = without.index("UNG")
    without = without[:start] + without[without.index("UNH") :]
    interchange = read(without)
    assert interchange.findings == ()
    assert interchange.groups[0].header is None
    assert interchange.messages == RIGHT.messages
    half = PASSENGERS[:start] + PASSENGERS[PASSENGERS.index("UNH") :]
    assert mended(half, "trailer_alone").tag == "UNE"


def test_differing_reference_of_a_trailer_is_told() -> None:
    finding = same(swap("UNT+49+PAX0000001", "UNT+49+1"), "reference_differs")
    assert (finding.found, finding.assumed, finding.grave) == ("1", "PAX0000001", False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("DTM+329:740812", "DTM+329:19740812:102"),
        ("DTM+329:740812", "DTM+329:19740812"),
        ("DTM+36:300415", "DTM+36:20300415:102"),
        ("DTM+189:2401050210:201", "DTM+189:2401050210"),
        ("DTM+189:2401050210:201", "DTM+189:202401050210:203"),
        ("DTM+189:2401050210:201", "DTM+189:20240105:0210:203"),
        ("DTM+189:2401050210:201", "DTM+189:240105021000:202"),
    ],
)
def test_date_in_another_format_is_read_and_told(before: str, after: str) -> None:
    text = swap(before, after)
    findings = read(text).findings
    assert {one.code for one in findings} == {"message.date_format"}
    assert read(text).groups == RIGHT.groups


def test_date_with_its_usual_format_named_needs_no_mending() -> None:
    assert read(swap("DTM+329:740812", "DTM+329:740812:101")) == RIGHT


def test_empty_expiry_is_told_and_unknown() -> None:
    text = swap("DTM+36:300415", "DTM+36:")
    assert mended(text, "date_empty").tag == "DTM"
    assert read(text).messages[0].list.travellers[0].documents[0].expiry_date is None


def test_birth_with_unknown_month_and_day_is_told() -> None:
    text = swap("DTM+329:740812", "DTM+329:740000")
    assert mended(text, "birth_incomplete").found == "999999"
    assert read(text).messages[0].list.travellers[0].birth_date is None


def test_document_without_its_segment_is_told_and_kept() -> None:
    text = swap("DOC+P:110:111+L898902C3'\n", "").replace("UNT+49", "UNT+48")
    mended(text, "document_unnamed")
    [document] = read(text).messages[0].list.travellers[0].documents
    assert (document.number, document.issuer, document.expiry_date) == (
        "",
        "UTO",
        date(2030, 4, 15),
    )


def test_traveller_without_any_document_is_told() -> None:
    papers = "DOC+P:110:111+L898902C3'\nDTM+36:300415'\nLOC+91+UTO'\n"
    text = swap(papers, "").replace("UNT+49", "UNT+46")
    assert mended(text, "document_missing").segment == 13


@pytest.mark.parametrize(
    ("written", "names", "code"),
    [
        ("ERIKSSON:ANNA:MARIA", ("ERIKSSON", "ANNA MARIA"), None),
        ("ERIKSSON/ANNA MARIA", ("ERIKSSON", "ANNA MARIA"), "name_undivided"),
        ("ERIKSSON ANNA MARIA", ("ERIKSSON ANNA MARIA", ""), "name_undivided"),
        ("ERIKSSON:ANNA:MARIA:EVA", ("ERIKSSON", "ANNA MARIA EVA"), "name_divided"),
        ("", ("", ""), "name_missing"),
    ],
)
def test_name_in_any_number_of_components_is_read(
    written: str, names: tuple[str, str], code: str | None
) -> None:
    interchange = read(swap("ERIKSSON:ANNA MARIA", written))
    first = interchange.messages[0].list.travellers[0]
    assert (first.surname, first.given_names) == names
    assert [one.code for one in interchange.findings] == ([f"message.{code}"] if code else [])


def test_carrier_is_taken_from_the_flight_where_it_is_missing() -> None:
    finding = same(swap("TDT+20+3U8734+++3U", "TDT+20+3U8734"), "carrier_missing")
    assert finding.assumed == "3U"


def test_ship_is_read_with_its_number_and_name() -> None:
    text = swap("TDT+20+3U8734+++3U", "TDT+20+V042+1++COSCO+++9321483:146::STAR")
    [message] = read(text).messages
    crossing = message.list.crossing
    assert crossing is not None
    assert (crossing.conveyance, crossing.mark) == (Conveyance.SHIP, "V042")
    assert (crossing.registration, crossing.name) == ("9321483", "STAR")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("QTY+52:2'\n", (("QTY",), ("52", "2"))),
        ("LOC+999+XYZ'\n", (("LOC",), ("999",), ("XYZ",))),
        ("NAT+2+CHN'\nNAT+2+UTO'\n", (("NAT",), ("2",), ("UTO",))),
    ],
)
def test_segment_that_nobody_reads_is_told_and_kept(line: str, kept: object) -> None:
    text = swap("NAT+2+UTO'\n", line if line.startswith("NAT") else f"NAT+2+UTO'\n{line}")
    text = text.replace("UNT+49", "UNT+50")
    mended(text, "segment_unread")
    assert read(text).messages[0].list.travellers[0].unread == (kept,)


def test_element_that_nobody_reads_is_told_with_its_place() -> None:
    finding = same(swap("ATT+2++F", "ATT+2++F+Z"), "element_unread")
    assert (finding.tag, finding.found) == ("ATT", "5:1")


def test_bags_weight_contacts_and_post_are_read() -> None:
    more = (
        "MEA+CT++2'MEA+WT++KGM:28'FTX+BAG+++UA123456:3'COM+502-555:TE++A@B:EM'"
        "EMP+1+CR1:110:111'NAT+2+UTO'\n"
    )
    text = swap("NAT+2+UTO'\n", more).replace("UNT+49", "UNT+54")
    interchange = read(text)
    assert interchange.findings == ()
    first = interchange.messages[0].list.travellers[0]
    assert (first.bags, first.weight_kg, first.bag_tags) == (2, "28", (("UA123456", "3"),))
    assert (first.post, first.channels) == ("CR1", (("TE", "502-555"), ("EM", "A@B")))


@pytest.mark.parametrize(
    "change",
    [("LOC+87+CAN", "LOC+92+CAN"), ("LOC+92+ENH", "LOC+87+ENH"), ("LOC+125+SIN", "LOC+92+SIN")],
)
def test_border_that_is_not_named_exactly_once_is_asked_about_and_not_guessed(
    change: tuple[str, str],
) -> None:
    interchange = read(PROGRESSIVE.replace(*change, 1))
    [grave] = [one for one in interchange.findings if one.grave]
    assert grave.code == "message.border_unclear"
    content = interchange.messages[0].list
    assert (content.crossing, content.direction) == (None, None)
    assert len(content.before) == 2


def test_release_of_the_message_that_is_not_known_is_told() -> None:
    assert mended(swap("PAXLST:D:05B", "PAXLST:D:99A"), "version_unknown").found == "D:99A"
    assert read(swap("PAXLST:D:05B", "PAXLST:D:16B")).findings == ()


def test_part_without_its_mark_is_told() -> None:
    assert same(swap("+01:F'", "+01'"), "part_unmarked").assumed == "F"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("", {"why": "no_header", "position": 1}),
        ("hello", {"why": "no_header"}),
        ("UNB+UNOA:4+A:ZZ+B:ZZ+240105:0230+1'", {"why": "no_message", "tag": "UNB"}),
        (swap("PAXLST:D", "CUSRES:D"), {"why": "message_type", "segment": 3, "element": 3}),
        (swap("BGM+745", "BGM+999"), {"why": "kind", "segment": 4, "found": "999"}),
        (swap("BGM+745", "BGM+336"), {"why": "kind", "found": "336"}),
        (swap("BGM+745'\n", ""), {"why": "kind_missing", "tag": "UNH"}),
        (swap("DTM+329:740812", "DTM+329:741312"), {"why": "date", "segment": 15, "component": 2}),
        (swap("DTM+329:740812", "DTM+329:20300101:102"), {"why": "birth_in_future", "tag": "DTM"}),
        (swap("CNT+42:3", "CNT+42:X"), {"why": "number", "tag": "CNT"}),
        (swap("UNT+49", f"UNT+{'9' * 5000}"), {"why": "number", "tag": "UNT"}),
        (swap("ATT+2", "AT+2"), {"why": "tag", "segment": 14}),
        (swap("NAD+FL+++ZHENG", "NAD+QQ+++ZHENG"), {"why": "person_unknown", "found": "QQ"}),
        (PASSENGERS + PASSENGERS, {"why": "second_interchange", "tag": "UNB"}),
        (swap("UNE+1", "NAT+2+UTO'UNE+1"), {"why": "outside", "tag": "NAT"}),
        (PASSENGERS.rstrip("\n") + "?", {"why": "release"}),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, facts: dict[str, object]) -> None:
    assert refused(text).items() >= facts.items()


def test_place_of_a_refusal_counts_characters_of_the_text() -> None:
    text = swap("DTM+329:740812", "DTM+329:741312")
    assert refused(text)["position"] == text.index("DTM+329:741312") + 1


def test_neither_refusals_nor_findings_carry_what_a_person_wrote() -> None:
    facts = refused(swap("DTM+329:740812", "DTM+329:74081X"))
    assert "740812" not in str(facts)
    assert facts["found"] == "99999A"
