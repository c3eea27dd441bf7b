"""Keeps what holds for every list: it reads back as written, and no text raises anything undeclared."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from guomen.core.advance_lists import (
    AdvanceList,
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
    direction_of,
)
from guomen.core.messages import (
    Group,
    GroupHeader,
    Header,
    Interchange,
    Message,
    MessageUnreadable,
    Part,
    Party,
    ServiceCharacters,
    join_parts,
    read_paxlst,
    write_paxlst,
)
from tests.core.messages.samples import CREW, PASSENGERS, PROGRESSIVE

ON = date(2024, 1, 5)


def home(port: str) -> bool:
    return port.startswith("C")


TEXTS = st.text("ACEÉЖ中019 '+:?.*-/(){}$^!", min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
MAYBE = st.one_of(st.just(""), TEXTS)
CODES = st.text("ABCDEFGHI", min_size=3, max_size=3)
DAYS = st.dates(ON - timedelta(days=400), ON + timedelta(days=400))
TIMES = st.times().map(lambda one: one.replace(microsecond=0))
MINUTES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
CALLS = st.builds(Call, CODES, DAYS, st.one_of(st.none(), TIMES))
LEGS = st.builds(
    Leg,
    conveyance=st.sampled_from(Conveyance),
    carrier=TEXTS,
    mark=TEXTS,
    departure=CALLS,
    arrival=CALLS,
    registration=MAYBE,
    name=MAYBE,
    stage=st.sampled_from(["20", "34"]),
)
CHANNELS = st.lists(st.tuples(st.sampled_from(["TE", "FX", "EM"]), TEXTS), max_size=4).map(tuple)
DOCUMENTS = st.builds(
    ListedDocument,
    kind=st.sampled_from("PVIAF"),
    number=TEXTS,
    issuer=st.one_of(st.just(""), CODES),
    expiry_date=st.one_of(st.none(), st.dates(date(1980, 1, 1), date(2070, 1, 1))),
    issued_on=st.one_of(st.none(), st.dates(date(1980, 1, 1), ON)),
)
TRAVELLERS = st.builds(
    Traveller,
    role=st.sampled_from(Role),
    surname=TEXTS,
    given_names=TEXTS,
    transit=st.booleans(),
    sex=st.sampled_from(["", "M", "F", "U", "X"]),
    birth_date=st.one_of(st.none(), st.dates(ON - timedelta(days=36500), ON)),
    nationality=st.one_of(st.just(""), CODES),
    documents=st.lists(DOCUMENTS, max_size=3).map(tuple),
    places=st.lists(st.builds(Place, st.sampled_from(PlaceRole), CODES, MAYBE), max_size=3).map(
        tuple
    ),
    references=st.lists(st.tuples(CODES, TEXTS), max_size=2).map(tuple),
    channels=CHANNELS,
    address=st.lists(TEXTS, max_size=5).map(tuple),
    post=MAYBE,
    verified=st.one_of(st.none(), st.booleans()),
    bags=st.one_of(st.none(), st.integers(0, 99)),
    weight_kg=st.sampled_from(["", "28", "28.5"]),
    bag_tags=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
)
ROUTES = st.lists(LEGS, max_size=2).map(tuple)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    people = draw(st.lists(TRAVELLERS, max_size=4).map(tuple))
    crossing = draw(LEGS)
    passengers = sum(one.role is Role.PASSENGER for one in people)
    content = AdvanceList(
        kind=draw(st.sampled_from(ListKind)),
        function=draw(MAYBE),
        crossing=crossing,
        direction=direction_of(crossing, home),
        before=draw(ROUTES),
        onward=draw(ROUTES),
        contacts=draw(
            st.lists(
                st.builds(Contact, st.just("MS"), st.lists(TEXTS, max_size=2).map(tuple), CHANNELS),
                max_size=2,
            ).map(tuple)
        ),
        travellers=people,
    )
    return Message(
        reference=draw(TEXTS),
        version="D",
        release=draw(st.sampled_from(["02B", "05B", "12B", "16B"])),
        agency="UN",
        association="IATA",
        part=draw(st.builds(Part, access=TEXTS, number=st.integers(1, 20), last=st.booleans())),
        list=content,
        references=draw(st.lists(st.tuples(CODES, TEXTS, MAYBE), max_size=2).map(tuple)),
        totals=(("42", passengers), ("41", len(people) - passengers)),
    )


PARTIES = st.builds(Party, TEXTS, MAYBE)
HEADERS = st.builds(
    Header,
    syntax=st.just("UNOA"),
    version=st.just("4"),
    sender=PARTIES,
    recipient=PARTIES,
    reference=TEXTS,
    day=DAYS,
    at=MINUTES,
    application=MAYBE,
    test=st.booleans(),
)
GROUP_HEADERS = st.builds(
    GroupHeader,
    kind=st.just("PAXLST"),
    sender=PARTIES,
    recipient=PARTIES,
    reference=TEXTS,
    day=DAYS,
    at=MINUTES,
    release=st.just("05B"),
)
GROUPS = st.builds(Group, GROUP_HEADERS, st.lists(messages(), min_size=1, max_size=2).map(tuple))
LOOSE = st.builds(Group, st.none(), st.lists(messages(), min_size=1, max_size=2).map(tuple))
CHARACTERS = st.sampled_from([":+.? '", ":*.? $", ":(.) -", ":+.?*'", "^!,\\ ~", ":+.? \n"])
INTERCHANGES = st.builds(
    Interchange,
    header=HEADERS,
    groups=st.one_of(
        st.lists(GROUPS, min_size=1, max_size=2).map(tuple), LOOSE.map(lambda one: (one,))
    ),
    characters=CHARACTERS.map(lambda six: ServiceCharacters(*six)),
)


@given(INTERCHANGES)
@settings(max_examples=150)
def test_list_reads_back_as_it_was_written(interchange: Interchange) -> None:
    read = read_paxlst(write_paxlst(interchange), ON, home)
    assert replace(read, findings=()) == interchange
    assert not any(finding.grave for finding in read.findings)


def attempt(source: str | bytes, on: date = ON) -> Interchange | None:
    """Read and join, or be refused; anything else raised fails the test."""
    try:
        interchange = read_paxlst(source, on, home)
    except MessageUnreadable:
        return None
    join_parts(interchange.messages)
    return interchange


@given(st.one_of(st.text(), st.binary()), st.dates())
@settings(max_examples=200)
def test_any_text_and_any_bytes_are_read_or_refused(source: str | bytes, on: date) -> None:
    attempt(source, on)


SAMPLES = st.sampled_from([PASSENGERS, CREW, PROGRESSIVE])
PIECES = st.one_of(
    st.text(max_size=3),
    st.sampled_from(
        ["'", "+", ":", "?", "\n", "UNA", "UNB+", "UNZ'", "DTM+36:", "NAD+FL'", "²", "٣"]
    ),
)


@given(SAMPLES, st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 30), PIECES), max_size=4))
@settings(max_examples=400)
def test_damaged_message_is_read_or_refused_and_raises_nothing_else(
    text: str, damages: list[tuple[int, int, str]]
) -> None:
    for at, length, piece in damages:
        text = text[:at] + piece + text[at + length :]
    attempt(text)
    attempt(text.encode("utf-8", errors="replace"))


@given(SAMPLES, st.data())
@settings(max_examples=200)
def test_lost_segment_never_passes_without_a_word(text: str, data: st.DataObject) -> None:
    lines = text.splitlines(keepends=True)
    del lines[data.draw(st.integers(1, len(lines) - 1))]
    read = attempt("".join(lines))
    assert read is None or read.findings


@given(SAMPLES, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_whatever_the_day_of_reading_no_birth_lies_after_it(text: str, on: date) -> None:
    read = attempt(text, on)
    assert read is not None
    births = [one.birth_date for one in read.messages[0].list.travellers if one.birth_date]
    assert all(birth <= on for birth in births)


def test_time_without_seconds_is_written_in_the_usual_format() -> None:
    interchange = read_paxlst(PASSENGERS, ON, home)
    assert "DTM+189:2401050210:201'" in write_paxlst(interchange)
    assert interchange.messages[0].list.crossing is not None
    assert interchange.messages[0].list.crossing.departure == Call("BKK", ON, time(2, 10))
