"""Keeps what is refused of a service's further questions and of a standing rule."""

import pytest

from guomen.jurisdiction import PackRefused, load_files, read_files
from tests.builders import ROOT

UTOPIA = read_files(ROOT / "jurisdictions" / "utopia")
SERVICE = "services/passport-after-the-fire.yaml"
MEASURE = "measures/documents/U-2012-FIRE.yaml"
ASKS = "asks: [document.type, document.expiry_date]"


def faults_of(files: dict[str, str]) -> str:
    """Load a pack that must be refused; give its faults as they are told."""
    with pytest.raises(PackRefused) as caught:
        load_files("utopia", files)
    return str(caught.value)


@pytest.mark.parametrize(
    ("added", "what", "mend"),
    [
        ("questions: {whither: application.fee}", "`whither` is not known here", "where"),
        ("questions: {terms: application.price}", "`application.price` is not known", "fee"),
        ("among: {person.age: [PPT_UTO]}", "`person.age` is not asked", "`asks:`"),
        ("among: {document.type: [PPT_UTP]}", "`PPT_UTP` is not known here", "PPT_UTO"),
        ("group: martians", "`martians` is not known here", "citizens"),
        ("given: {document.colour: red}", "`document.colour` is not declared", "facts.yaml"),
    ],
)
def test_service_with_a_fault_is_refused_with_its_place(added: str, what: str, mend: str) -> None:
    assert ASKS in UTOPIA[SERVICE]
    files = {**UTOPIA, SERVICE: UTOPIA[SERVICE].replace(ASKS, f"{ASKS}\n{added}", 1)}
    told = faults_of(files)
    line = files[SERVICE].splitlines().index(added) + 1
    assert f"utopia/{SERVICE}:{line}: " in told
    assert what in told
    assert mend in told


def test_service_with_further_questions_loads() -> None:
    added = f"{ASKS}\nquestions: {{terms: application.fee}}\namong: {{document.type: [PPT_UTO]}}"
    files = {**UTOPIA, SERVICE: UTOPIA[SERVICE].replace(ASKS, added, 1)}
    service = load_files("utopia", files).services["passport-after-the-fire"]
    assert service.questions == {"terms": "application.fee"}
    assert service.among == {"document.type": ("PPT_UTO",)}
    assert service.group is None


def test_a_rule_in_its_folder_decides_and_stands_apart() -> None:
    files = {path: text for path, text in UTOPIA.items() if path != MEASURE}
    files["rules/documents/U-2012-FIRE.yaml"] = UTOPIA[MEASURE]
    book, before = load_files("utopia", files).rulebook, load_files("utopia", UTOPIA).rulebook
    assert [one.id for one in book.standing] == ["U-2012-FIRE"]
    assert len(book.announced) == len(before.announced) - 1
    assert {one.id for one in book.measures} == {one.id for one in before.measures}


def test_one_id_for_a_measure_and_a_rule_is_refused() -> None:
    files = {**UTOPIA, "rules/documents/U-2012-FIRE.yaml": UTOPIA[MEASURE]}
    assert "`U-2012-FIRE` is a measure and a standing rule" in faults_of(files)


def test_a_rule_without_a_case_that_it_refuses_is_refused() -> None:
    text = UTOPIA[MEASURE].replace("U-2012-FIRE", "U-RULE")
    assert "U-RULE has no case that it lets through" in faults_of(
        {**UTOPIA, "rules/documents/U-RULE.yaml": text}
    )
