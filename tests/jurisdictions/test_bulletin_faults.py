"""Keeps a bulletin's template to its figures and languages, before it is ever compiled."""

import pytest

from guomen.jurisdiction import load_files
from tests.builders import pack
from tests.jurisdictions.test_faults import BULLETIN, UTOPIA, edited, faults_in


@pytest.mark.parametrize(
    "place",
    [
        "{persons.martians}",
        "{persons.visitors|mom}",
        "{persons.visitors |yoy}",
        "{Persons.Visitors}",
        "{}",
        "{period|yoy}",
    ],
)
def test_place_that_stands_for_no_figure_of_the_template_is_a_fault(place: str) -> None:
    [fault] = faults_in(edited(BULLETIN, "{persons.visitors}", place))
    assert fault.file == f"utopia/{BULLETIN}"
    assert f"`{place}` stands for no figure" in fault.what


@pytest.mark.parametrize("brace", ["{", "}"])
def test_brace_that_closes_nothing_is_a_fault(brace: str) -> None:
    [fault] = faults_in(edited(BULLETIN, "by visitors.", f"by visitors{brace}."))
    assert f"`{brace}`" in fault.what


def test_figure_of_the_pack_that_the_template_does_not_list_is_a_fault() -> None:
    listed = "figures: [persons.inspected, persons.visitors, conveyances.inspected]"
    [fault] = faults_in(
        edited(BULLETIN, listed, "figures: [persons.inspected, conveyances.inspected]")
    )
    assert "`{persons.visitors}` stands for no figure" in fault.what


def test_figure_that_the_pack_does_not_have_is_a_fault() -> None:
    faults = faults_in(edited(BULLETIN, "figures: [", "figures: [persons.martians, "))
    assert "`persons.martians` is not known here" in faults[0].what


def test_template_without_a_figure_is_a_fault() -> None:
    listed = "[persons.inspected, persons.visitors, conveyances.inspected]"
    [fault] = faults_in(edited(BULLETIN, listed, "[]"))
    assert fault.what == "a bulletin needs a figure"


def test_title_and_sentences_stand_in_the_same_languages() -> None:
    [fault] = faults_in(edited(BULLETIN, "title:", "title:\n  fr: Passages"))
    assert fault.what == "title and sentences stand in different languages"


def test_language_that_the_pack_does_not_speak_is_a_fault() -> None:
    text = UTOPIA[BULLETIN].replace("  en:", "  tlh:")
    [fault] = faults_in({**UTOPIA, BULLETIN: text})
    assert "`tlh` is no language of the pack" in fault.what


def test_place_in_a_title_is_held_to_the_same() -> None:
    [fault] = faults_in(edited(BULLETIN, "{period}", "{perod}"))
    assert "`{perod}` stands for no figure" in fault.what


@pytest.mark.parametrize("name", ["cn", "utopia"])
def test_template_of_the_pack_says_all_its_figures_in_every_language(name: str) -> None:
    for template in pack(name).bulletins.values():
        for language, sentences in template.sentences.items():
            text = "".join(sentences)
            missing = [one for one in template.figures if f"{{{one}}}" not in text]
            assert not missing, language


def test_repaired_pack_loads() -> None:
    assert load_files("utopia", UTOPIA).bulletins["half-year"].figures
