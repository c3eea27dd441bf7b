"""Versions: read in words, published by a second officer after a look, withdrawn, and clauses closed."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from guomen import clock
from guomen.apps.policy.operations import (
    ask_replay,
    finish_replay,
    propose_rulebook,
    take_up_replay,
)
from guomen.apps.policy.queries import (
    draft,
    draft_of,
    drafts,
    files_of,
    published_digest,
    version,
)
from guomen.core.canonical import Json
from guomen.core.time import Period
from guomen.language.tags import LANGUAGES
from tests.nation import NationForTests
from tests.web.policy import (
    EXTENSION,
    LATER,
    prolonged,
    propose,
    publish,
    published_texts,
    signed_in,
)

LAST_DAY = {"last.day": "30", "last.month": "6", "last.year": "2023"}
CLOSE = f"/desk/policy/measures/{EXTENSION}/close/"


@pytest.fixture
def first(nation: NationForTests) -> Client:
    """Give the browser of the officer who proposes, and who may publish what others propose."""
    return signed_in("policy1")


@pytest.fixture
def second(nation: NationForTests) -> Client:
    """Give the browser of the officer who publishes only."""
    return signed_in("policy2")


@pytest.fixture
def waiting(nation: NationForTests) -> str:
    """Give the digest of a proposal that prolongs the extension."""
    return propose(nation)


def address(digest: str, what: str = "") -> str:
    """Give the address of a version, or of an act upon it."""
    return f"/desk/policy/versions/{digest}/{what}"


def text_of(client: Client, path: str, status: int = 200) -> str:
    """Read a page."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def state(digest: str) -> str:
    """Tell the state of a version."""
    found = version(pack_digest=digest)
    assert found
    return found.state


def test_the_list_tells_states_and_who_without_naming_anybody(
    first: Client, second: Client, nation: NationForTests, waiting: str
) -> None:
    for client, who in ((first, "you"), (second, "another officer")):
        html = text_of(client, "/desk/policy/versions/")
        assert f'href="{address(waiting)}"' in html
        assert "waits for a second officer" in html
        assert "decides now" in html
        assert f">{who}</td>" in html
        assert nation.officer("policy1").reference not in html


def test_the_review_says_what_changes_and_from_when(second: Client, waiting: str) -> None:
    html = text_of(second, address(waiting))
    assert "its last day is 30 June 2024, not 31 December 2023." in html
    assert "Compared with what is published now." in html
    assert "Conflicts that it brings in" in html
    assert waiting in html
    for mark in ("new case", "case taken out"):
        assert f'<span class="tag">{mark}</span>' in html


@pytest.mark.parametrize("tag", list(LANGUAGES))
def test_the_review_speaks_every_language(second: Client, waiting: str, tag: str) -> None:
    html = text_of(second, f"{address(waiting)}?lang={tag}")
    assert f'<html lang="{tag}" dir="{LANGUAGES[tag].direction}">' in html


def test_who_proposed_is_told_why_there_is_no_button(first: Client, waiting: str) -> None:
    html = text_of(first, address(waiting))
    assert "You proposed this rulebook, so you do not publish it" in html
    assert address(waiting, "publish/") not in html
    assert 'method="post" action="/desk/policy' not in text_of(first, address(waiting, "publish/"))


def test_who_proposed_is_refused_and_nothing_is_published(first: Client, waiting: str) -> None:
    sent = {"base": published_digest() or ""}
    answer = first.post(address(waiting, "publish/"), sent)
    assert answer.status_code == 403
    assert "Who proposed a rulebook does not publish it" in answer.content.decode()
    assert state(waiting) == "proposed"


def test_the_second_officer_confirms_what_changes_and_publishes(
    second: Client, waiting: str
) -> None:
    base = published_digest() or ""
    asked = text_of(second, address(waiting, "publish/"))
    assert "its last day is 30 June 2024" in asked
    assert f'name="base" value="{base}"' in asked
    assert state(waiting) == "proposed"
    answer = second.post(address(waiting, "publish/"), {"base": base})
    assert (answer.status_code, answer["Location"]) == (302, address(waiting))
    html = text_of(second, address(waiting))
    assert "This rulebook decides now" in html
    assert "<td>30 June 2024</td>" in html
    assert "Compared with what was published before it." in html
    assert published_digest() == waiting


def test_nothing_is_published_upon_a_review_that_is_out_of_date(
    second: Client, nation: NationForTests, waiting: str
) -> None:
    seen = published_digest() or ""
    publish(nation, propose(nation, prolonged("2025-01-01")))
    answer = second.post(address(waiting, "publish/"), {"base": seen})
    assert answer.status_code == 409
    assert "What is published has changed since you looked" in answer.content.decode()
    assert state(waiting) == "proposed"


def test_what_is_published_is_not_published_again(second: Client, waiting: str) -> None:
    base = published_digest() or ""
    second.post(address(waiting, "publish/"), {"base": base})
    assert "It does not wait any more." in text_of(second, address(waiting, "publish/"))
    answer = second.post(address(waiting, "publish/"), {"base": base})
    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["policy1", "policy2"])
def test_either_officer_withdraws_and_the_draft_is_open_again(
    nation: NationForTests, waiting: str, name: str
) -> None:
    made_of = draft_of(pack_digest=waiting)
    assert made_of
    client = signed_in(name)
    assert "The draft of which the proposal was made is open again" in text_of(
        client, address(waiting, "withdraw/")
    )
    assert client.post(address(waiting, "withdraw/")).status_code == 302
    assert (state(waiting), draft(draft_id=made_of.id).state) == ("withdrawn", "open")
    assert ">withdrawn<" in text_of(client, address(waiting))


def test_a_conflict_that_a_version_brings_in_is_told_with_an_example(
    second: Client, nation: NationForTests
) -> None:
    text, cases = (one.replace(EXTENSION, "M-TWIN") for one in published_texts())
    twin = text.replace("deemed_expiry_date: 2023-12-31", "deemed_expiry_date: 2024-12-31")
    html = text_of(second, address(propose(nation, (twin, cases))))
    assert "answer the same situation differently." in html
    assert "Nothing settles it but the order of the identifiers" in html
    assert "For example, on 8 May 2023:" in html


def test_a_new_measure_is_shown_whole_to_the_second_officer(
    second: Client, nation: NationForTests
) -> None:
    text, cases = (one.replace(EXTENSION, "M-TWIN") for one in published_texts())
    digest = propose(nation, (text, cases))
    for what in ("", "publish/"):
        html = text_of(second, address(digest, what))
        assert "counts as valid until 31 December 2023" in html
        assert "a day from 1 January 2020 to 30 December 2023" in html


def test_the_latest_replay_is_told_with_its_totals(
    second: Client, nation: NationForTests, waiting: str
) -> None:
    made_of = draft_of(pack_digest=waiting)
    assert made_of
    assert "The whole replay" not in text_of(second, address(waiting))
    run = replayed(nation, made_of.id)
    html = text_of(second, address(waiting))
    assert "Passages from 1 March 2023 to 30 June 2023: 1,200." in html
    assert "Helped: 17. Lost: 0. Answered otherwise: 3." in html
    whole = f"/desk/policy/drafts/{made_of.id}/replays/{run}/"
    assert f'href="{whole}"' in html
    assert "1,200" in text_of(second, whole)
    assert "earlier text" not in html


def replayed(nation: NationForTests, made_of: UUID) -> UUID:
    """Leave a replay that is done."""
    run, days = clock.new_id(), Period(date(2023, 3, 1), date(2023, 7, 1))
    ask_replay(actor=nation.officer("policy1"), at=LATER, run=run, draft=made_of, days=days)
    take_up_replay(run=run, at=LATER)
    found: dict[str, Json] = {"acts": 1200, "helped": 17, "lost": 0, "changed": 3, "situations": 9}
    parts: dict[str, Json] = {"by_place": {}, "by_day": {}, "by_group": {}, "sample": []}
    finish_replay(run=run, at=LATER, result=found | parts)
    return run


def test_other_files_that_change_are_named_to_the_second_officer(
    second: Client, nation: NationForTests
) -> None:
    files = dict(files_of(pack_digest=published_digest() or ""))
    files["figures/persons.inspected.yaml"] += "# looked at again\n"
    digest = propose_rulebook(
        actor=nation.officer("policy1"), at=LATER, entry=clock.new_entry(), name="cn", files=files
    )
    html = text_of(second, address(digest))
    assert "figures/persons.inspected.yaml" in html
    assert "No measure, question or fact is changed." in html


def test_the_first_publication_is_not_spelt_out_measure_by_measure(second: Client) -> None:
    html = text_of(second, address(published_digest() or ""))
    assert "Nothing was published before it" in html
    assert "is added." not in html


@pytest.mark.parametrize("what", ["", "publish/", "withdraw/"])
def test_a_version_that_nobody_proposed_is_not_there(second: Client, what: str) -> None:
    text_of(second, address("0" * 64, what), 404)


def test_the_way_to_close_leads_over_what_has_not_ended(first: Client) -> None:
    html = text_of(first, "/desk/policy/measures/")
    assert 'href="/desk/policy/measures/R-EEP-G-HKG/close/"' in html
    assert CLOSE not in html  # its only clause ended with 2023
    assert 'href="/desk/policy/measures/"' in text_of(first, "/desk/policy/")


def test_who_only_publishes_does_not_close_measures(second: Client) -> None:
    text_of(second, CLOSE, 403)


def test_closing_shows_what_changes_before_anything_is_written(first: Client) -> None:
    answer = first.get(CLOSE, LAST_DAY)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "its last day is 30 June 2023, not 31 December 2023." in html
    assert "Cases that would come out otherwise" in html
    assert "<td>31 December 2023</td>" in html
    assert drafts(states=("open",), most=9) == ()


def test_closing_begins_a_draft_and_leaves_the_cases_to_the_officer(first: Client) -> None:
    answer = first.post(CLOSE, LAST_DAY)
    [begun] = drafts(states=("open",), most=9)
    assert answer["Location"] == f"/desk/policy/drafts/{begun.id}/"
    assert "in_force: {from: 2023-05-08, until: 2023-07-01}" in begun.text
    assert begun.cases == published_texts()[1]
    assert "There is an open draft of this measure already" in text_of(first, CLOSE)


def test_of_a_standing_rule_one_clause_is_closed(first: Client) -> None:
    path = "/desk/policy/measures/R-EEP-G-HKG/close/"
    day = {"last.day": "31", "last.month": "12", "last.year": "2026"}
    assert "Choose what ends." in first.get(path, day).content.decode()
    assert first.post(path, {**day, "what": "clause:c"}).status_code == 302
    [begun] = drafts(states=("open",), most=9)
    assert begun.standing
    assert begun.text.count("until:") == 3
    assert "from: 2024-05-27, until: 2027-01-01" in begun.text


def test_the_whole_measure_ends_and_a_clause_that_never_began_goes(first: Client) -> None:
    path = "/desk/policy/measures/R-EEP-G-HKG/close/"
    day = {"last.day": "31", "last.month": "3", "last.year": "2024", "what": "measure"}
    html = first.get(path, day).content.decode()
    assert "clause c: the clause is removed." in html
    assert "its last day is 31 March 2024" in html


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (("31", "12", "2023"), "Choose a day on which it holds."),
        (("7", "5", "2023"), "Choose a day on which it holds."),
        (("31", "12", "9999"), "Choose a day on which it holds."),
        (("31", "2", "2023"), "There is no such day."),
        (("", "", ""), "Give day, month and year."),
    ],
)
def test_a_day_on_which_nothing_can_end_is_told_and_kept(
    first: Client, day: tuple[str, str, str], told: str
) -> None:
    sent = dict(zip(("last.day", "last.month", "last.year"), day, strict=True)) | {
        "what": "measure"
    }
    answer = first.get(CLOSE, sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert '<a href="#last.day">' in html
    assert f'name="last.day" value="{day[0]}"' in html
    assert first.post(CLOSE, sent).status_code == 422
    assert drafts(states=("open",), most=9) == ()


def test_a_measure_that_is_not_there_is_not_closed(first: Client) -> None:
    text_of(first, "/desk/policy/measures/NONE/close/", 404)


def test_an_earlier_publication_may_be_compared_with_the_one_before_it(
    second: Client, nation: NationForTests, waiting: str
) -> None:
    texts = prolonged("2025-01-01")
    publish(nation, waiting)
    publish(nation, propose(nation, texts), LATER + timedelta(hours=1))
    html = text_of(second, address(waiting))
    assert "was published" in html
    assert "its last day is 30 June 2024, not 31 December 2023." in html
    assert "This rulebook decides now" not in html
