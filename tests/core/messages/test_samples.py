"""Keeps the three sample messages read exactly: flights, people, documents, totals, nothing mended."""

from datetime import date, time

import pytest

from guomen.core.advance_lists import (
    Call,
    Contact,
    Conveyance,
    Leg,
    ListedDocument,
    ListKind,
    Place,
    PlaceRole,
    Role,
    Traveller,
)
from guomen.core.clearance import Direction
from guomen.core.messages import Interchange, Part, Party, read_paxlst, write_paxlst
from tests.core.messages.samples import CREW, PASSENGERS, PROGRESSIVE

ON = date(2024, 1, 5)


def home(port: str) -> bool:
    return port in ("TFU", "CAN", "ENH")


def read(text: str) -> Interchange:
    return read_paxlst(text, ON, home)


@pytest.mark.parametrize("text", [PASSENGERS, CREW, PROGRESSIVE])
def test_sample_needs_no_mending_and_reads_back_as_it_is_written(text: str) -> None:
    interchange = read(text)
    assert interchange.findings == ()
    assert read(write_paxlst(interchange)) == interchange


def test_envelope_says_who_sends_what_to_whom() -> None:
    interchange = read(PASSENGERS)
    header, [group] = interchange.header, interchange.groups
    assert (header.sender, header.recipient) == (Party("3U*APIS", "ZZ"), Party("CNNIA", "ZZ"))
    assert (header.day, header.at, header.reference) == (date(2024, 1, 5), time(2, 30), "000000001")
    assert (header.application, header.test) == ("APIS", False)
    assert group.header is not None
    assert group.header.sender == Party("SICHUAN AIRLINES", "ZZ")
    assert (group.header.reference, group.header.release) == ("1", "05B")


def test_passengers_into_chengdu_are_read_with_their_flight() -> None:
    [message] = read(PASSENGERS).messages
    assert (message.reference, message.totals) == ("PAX0000001", (("42", 3),))
    assert message.part == Part(access="3U8734240105", number=1, last=True)
    assert message.references == (("TN", "SC24010512345", "1"),)
    assert (message.version, message.release, message.association) == ("D", "05B", "IATA")
    content = message.list
    assert (content.kind, content.direction) == (ListKind.PASSENGERS, Direction.ENTRY)
    assert content.crossing == Leg(
        conveyance=Conveyance.AIRCRAFT,
        carrier="3U",
        mark="3U8734",
        departure=Call("BKK", date(2024, 1, 5), time(2, 10)),
        arrival=Call("TFU", date(2024, 1, 5), time(6, 20)),
    )
    assert content.contacts == (
        Contact(
            "MS",
            ("SICHUAN APIS DESK",),
            (("TE", "86 28 0000 0000"), ("FX", "86 28 0000 0001")),
        ),
    )


def test_passenger_is_read_whole() -> None:
    first = read(PASSENGERS).messages[0].list.travellers[0]
    assert first == Traveller(
        role=Role.PASSENGER,
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        sex="F",
        birth_date=date(1974, 8, 12),
        nationality="UTO",
        verified=True,
        places=(
            Place(PlaceRole.EMBARKATION, "BKK"),
            Place(PlaceRole.DEBARKATION, "TFU"),
            Place(PlaceRole.RESIDENCE, "UTO"),
        ),
        references=(("AVF", "ABC123"), ("ABO", "PAX0001"), ("SEA", "12A")),
        documents=(
            ListedDocument(
                kind="P", number="L898902C3", issuer="UTO", expiry_date=date(2030, 4, 15)
            ),
        ),
    )


def test_passenger_in_transit_is_told_apart_and_germany_has_three_letters() -> None:
    people = read(PASSENGERS).messages[0].list.travellers
    assert [one.transit for one in people] == [False, False, True]
    last = people[-1]
    assert (last.nationality, last.documents[0].issuer) == ("DEU", "DEU")
    assert last.place(PlaceRole.CLEARANCE) == "TFU"
    assert last.place(PlaceRole.DEBARKATION) == "NRT"
    assert last.place(PlaceRole.BIRTH) == ""


def test_crew_is_read_with_passport_and_licence() -> None:
    [message] = read(CREW).messages
    assert (message.list.kind, message.totals) == (ListKind.CREW, (("41", 2),))
    lei, meimei = message.list.travellers
    assert {lei.role, meimei.role} == {Role.CREW}
    assert [(one.kind, one.number) for one in lei.documents] == [
        ("P", "EA0000000"),
        ("L", "CREW0001"),
    ]
    assert lei.place(PlaceRole.BIRTH) == "CHN"


def test_border_port_is_that_of_the_leg_that_crosses_not_of_the_last_leg() -> None:
    [message] = read(PROGRESSIVE).messages
    content = message.list
    assert content.crossing is not None
    assert content.crossing.arrival == Call("CAN", date(2024, 1, 10), time(12))
    [onward] = content.onward
    assert (onward.departure, onward.arrival) == (
        Call("CAN", date(2024, 1, 10), time(13, 30)),
        Call("ENH", date(2024, 1, 10), time(15, 30)),
    )
    [traveller] = content.travellers
    assert (traveller.surname, traveller.given_names) == ("O'NEIL", "SEAN")
    assert traveller.place(PlaceRole.DEBARKATION) == "ENH"
    assert content.contacts[0].names == ("O'NEIL CONTACT",)


def test_flight_out_of_the_country_is_an_exit_and_one_between_others_has_no_direction() -> None:
    outward = read_paxlst(PASSENGERS, ON, lambda port: port == "BKK")
    assert outward.messages[0].list.direction is Direction.EXIT
    foreign = read_paxlst(PASSENGERS, ON, lambda port: False)
    assert foreign.messages[0].list.direction is None
