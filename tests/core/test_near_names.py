"""Keeps the suggestions of near names: transliterations meet, strangers do not, and no score is told."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.near_names import NearName, name_words, near_names


def near(one: str, other: str) -> tuple[str, ...]:
    """Give the words in which two names agree; none when they are not near."""
    found = near_names(one, {"other": other})
    return found[0].words if found else ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MÜLLER, Jörg", ("MUELLER", "JOERG")),
        ("O'Connor-Nyström, Siân", ("OCONNOR", "NYSTROEM", "SIAN")),
        ("Straße", ("STRASSE",)),
        ("Щербаков, Юлия", ("SHCHERBAKOV", "IULIIA")),
        ("Ångström, Þór", ("AANGSTROEM", "THOR")),
        ("Nguyễn, Văn Đức", ("NGUYEN", "VAN", "DUC")),
        ("CHAN<<TAI<MAN<<<<<", ("CHAN", "TAI", "MAN")),
        ("", ()),
        ("<<< -- ' ", ()),
    ],
)
def test_name_is_written_as_a_zone_writes_it(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MÜLLER, JÖRG", "MUELLER JOERG"),
        ("MÜLLER, JÖRG", "MULLER JORG"),
        ("SØRENSEN, KÅRE", "SORENSEN KARE"),
        ("Щербаков Юлия", "SHCHERBAKOV IULIIA"),
        ("WANG, XIAOMING", "WANG, XIAO MING"),
        ("WANG, XIAO MING", "XIAOMING WANG"),
        ("GARCIA LOPEZ, MARIA", "GARCIA, MARIA"),
        ("MOHAMMED, YUSUF", "MOHAMED, YUSUF"),
        ("SHEVCHENKO, OLENA", "SHEVTCHENKO, OLENA"),
        ("SPECIMEN, ANAN", "SPECIEMN, ANAN"),
    ],
)
def test_spellings_of_one_name_are_near_both_ways(one: str, other: str) -> None:
    assert near(one, other)
    assert near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LI, MEI", "LU, MEI"),
        ("CHAN, TAI MAN", "CHAN, SIU MING"),
        ("WANG", "WANG, XIAOMING"),
        ("LI, WEI", "LIN, WEN"),
        ("ZHENGJIAN, YANGBEN", ""),
        ("", ""),
    ],
)
def test_names_that_share_less_are_no_suggestion(one: str, other: str) -> None:
    assert near(one, other) == ()
    assert near(other, one) == ()


def test_words_that_agree_are_told_and_no_score() -> None:
    found = near_names("GARCÍA, MARIA", {"a1": "GARCIA LOPEZ, MARIA", "a2": "LOPEZ, ANA"})
    assert found == (NearName("a1", ("GARCIA", "MARIA")),)
    assert {one.name for one in fields(NearName)} == {"reference", "words"}


NAMES = st.text(min_size=0, max_size=60)


@given(NAMES, NAMES)
def test_nearness_has_no_direction_and_any_text_is_taken(one: str, other: str) -> None:
    assert bool(near(one, other)) is bool(near(other, one))


@given(
    st.lists(st.sampled_from(["CHAN", "TAI", "MAN", "LI", "WEI", "GARCIA", "IULIIA"]), min_size=1)
)
def test_every_name_is_near_itself_in_any_order_of_its_words(words: list[str]) -> None:
    kept = words[:12]
    assert near(" ".join(kept), ", ".join(reversed(kept)))
