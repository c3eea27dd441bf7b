"""The policy desk: drafts with their check, proposals of cases, the form, and replays."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.test import Client

from guomen.apps.policy import queries as policy
from guomen.apps.policy.queries import DraftFile
from guomen.core.policy.boundaries import boundary_cases
from guomen.core.policy.conflicts import conflicts
from guomen.jurisdiction import load_draft
from guomen.jurisdiction.drafting import check_draft
from guomen.language.sentences import say_boundary, say_conflict
from guomen.language.tags import LANGUAGES
from guomen.project.replay_worker import run_next_replay
from guomen.web.desks.policy.beginning import skeleton
from guomen.web.desks.policy.form_rows import rows_of
from guomen.web.desks.policy.form_writing import write_rows
from tests.builders import pack
from tests.nation import NationForTests
from tests.web.conftest import Counted

EXTENSION = "M-2023-0508-HRP"
SetClock = Callable[[datetime], None]


@pytest.fixture
def desk(nation: NationForTests, client: Client) -> Client:
    """Give a browser in which the first policy officer is signed in, in English."""
    sign_in(client, "policy1")
    return client


def sign_in(client: Client, name: str) -> None:
    """Sign an officer in."""
    sent = {"name": name, "password": f"{name}-officer-1"}
    assert client.post("/desk/login/?lang=en", sent).status_code == 302


def begun(desk: Client, **sent: str) -> str:
    """Begin a draft; give its address."""
    answer = desk.post("/desk/policy/drafts/", sent or {"measure": EXTENSION})
    assert answer.status_code == 302
    return str(answer["Location"])


def kept() -> DraftFile:
    """Read the one draft there is."""
    (found,) = policy.drafts(states=("open", "proposed", "discarded"), most=2)
    return found


def sent_by(file: DraftFile, **changed: str) -> dict[str, str]:
    """Give what the page of a draft sends."""
    sent = {"text": file.text, "cases": file.cases, "revision": str(file.revision)}
    return {**sent, "act": "save", **changed}


def html_of(desk: Client, address: str) -> str:
    """Give a page."""
    answer = desk.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# ---------------------------------------------------------------------------- the start


def test_both_officers_find_the_desk_and_the_second_writes_nothing(
    desk: Client, nation: NationForTests
) -> None:
    assert 'href="/desk/policy/"' in html_of(desk, "/desk/")
    assert "Begin a new measure" in html_of(desk, "/desk/policy/")
    sign_in(desk, "policy2")
    assert 'href="/desk/policy/"' in html_of(desk, "/desk/")
    assert "Begin a new measure" not in html_of(desk, "/desk/policy/")
    assert desk.post("/desk/policy/drafts/", {"measure": EXTENSION}).status_code == 403


def test_a_draft_begins_with_the_published_text_comments_and_all(desk: Client) -> None:
    address = begun(desk)
    assert kept().text.startswith("# Measure M-2023-0508-HRP")
    html = html_of(desk, address)
    assert "No faults, and every case comes out as expected." in html
    assert "Nothing: it says what is published already." in html
    assert EXTENSION in html_of(desk, "/desk/policy/")


@pytest.mark.parametrize("name", ["cn", "utopia"])
def test_a_new_measure_can_be_read_at_once_whatever_it_decides(name: str) -> None:
    found = pack(name)
    for question in found.rulebook.questions:
        measure_id, text, cases = skeleton(question, found, date(2026, 11, 22))
        check = check_draft(text, cases, found)
        assert check.faults == ()
        assert check.measure is not None
        assert (check.measure.id, check.measure.question) == (measure_id, question)
        assert found.rulebook.measure(measure_id) is None


def test_what_is_not_published_cannot_be_begun_from(desk: Client) -> None:
    assert desk.post("/desk/policy/drafts/", {"measure": "M-NONE"}).status_code == 404
    assert desk.post("/desk/policy/drafts/", {"question": "none"}).status_code == 404


# ---------------------------------------------------------------------------- the draft


def test_a_fault_is_told_with_its_line_and_is_saved_nevertheless(desk: Client) -> None:
    address = begun(desk)
    wrong = kept().text.replace("equals: HRP", "equals: HRPP")
    line = wrong.splitlines().index("        - {fact: document.type, equals: HRPP}") + 1
    assert desk.post(address, sent_by(kept(), text=wrong)).status_code == 302
    assert kept().text == wrong
    html = html_of(desk, address)
    assert f'data-line="{line}">Measure, line {line}</a>' in html
    assert "equals: HRPP}</bdi>" in html
    assert 'value="propose"' not in html
    assert "Mend the faults." in html


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("when:\n", "when: &a\n      any: [*a]\n    other:\n"),
        ("between: [2020-01-01, 2023-12-30]", "equals: 2023-02-30"),
        ("id: M-2023-0508-HRP", "id: [M]"),
        ("family: hmt", "family: hmt\nfamily: \0port"),
    ],
)
def test_whatever_is_written_is_told_as_a_fault(desk: Client, was: str, now: str) -> None:
    address = begun(desk)
    answer = desk.post(f"{address}check/", sent_by(kept(), text=kept().text.replace(was, now, 1)))
    assert answer.status_code == 200
    assert "Faults: 1" in answer.content.decode()


def test_an_id_of_any_length_can_be_saved(desk: Client) -> None:
    address = begun(desk)
    long = "M" * 300
    text = kept().text.replace("id: M-2023-0508-HRP", f"id: {long}")
    assert desk.post(address, sent_by(kept(), text=text)).status_code == 302
    assert long in kept().text
    assert len(kept().measure) == 40


def test_checking_keeps_nothing_and_says_what_would_change(desk: Client) -> None:
    address = begun(desk)
    file = kept()
    later = file.text.replace("until: 2024-01-01", "until: 2024-07-01")
    answer = desk.post(f"{address}check/", sent_by(file, text=later))
    fragment = answer.content.decode()
    assert "<html" not in fragment
    assert "30 June 2024" in fragment
    assert "Cases that come out otherwise: 1" in fragment
    assert kept() == file
    page = desk.post(address, sent_by(file, text=later, act="check")).content.decode()
    assert "What stands here is not saved yet." in page
    assert kept() == file


def test_who_saves_second_loses_nothing(desk: Client) -> None:
    address = begun(desk)
    file = kept()
    desk.post(address, sent_by(file, text=file.text + "# first\n"))
    answer = desk.post(address, sent_by(file, text=file.text + "# second\n"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert kept().text.endswith("# first\n")
    assert (
        html.index("# second") < html.index("What was saved meanwhile</h2>") < html.index("# first")
    )
    assert 'name="revision" value="2"' in html


def test_proposed_cases_are_taken_over_behind_those_that_are_there(desk: Client) -> None:
    address = begun(desk)
    keys = re.findall(r'name="take" value="([0-9a-f]+)"', html_of(desk, address))
    before = kept()
    assert desk.post(address, {**sent_by(before, act="take"), "take": keys[0]}).status_code == 302
    added = kept().cases.removeprefix(before.cases)
    assert added.count("origin: proposed") == 1
    assert "why: the day before the first day of clause a" in added
    desk.post(address, sent_by(kept(), act="take_all"))
    assert kept().cases.startswith(before.cases)
    assert kept().cases.count("origin: proposed") == len(keys)
    assert 'name="take"' not in html_of(desk, address)


def test_a_draft_is_proposed_only_when_it_is_ready(desk: Client) -> None:
    address = begun(desk, question="document.validity")
    html = html_of(desk, address)
    assert 'value="propose"' not in html
    assert "Write a case in which the measure applies, or take one over." in html
    refused = desk.post(address, sent_by(kept(), act="propose"))
    assert refused.status_code == 409
    assert "The draft is not ready" in refused.content.decode()
    desk.post(address, sent_by(kept(), act="take_all"))
    assert 'value="propose"' in html_of(desk, address)
    assert desk.post(address, sent_by(kept(), act="propose")).status_code == 302
    assert kept().state == "proposed"
    assert "waits for a second officer" in html_of(desk, address)
    sign_in(desk, "policy2")
    assert kept().proposed_as[:16] in html_of(desk, "/desk/policy/")


def test_what_is_proposed_or_discarded_is_not_written_any_more(desk: Client) -> None:
    address = begun(desk)
    desk.post(address, {"act": "discard"})
    assert kept().state == "discarded"
    assert "readonly" in html_of(desk, address)
    assert desk.post(address, sent_by(kept(), text="other")).status_code == 409
    assert desk.get(f"{address}form/").status_code == 302


def test_a_draft_that_nobody_began_is_not_there(desk: Client) -> None:
    nowhere = "/desk/policy/drafts/01890000-0000-7000-8000-000000000000/"
    assert desk.get(nowhere).status_code == 404


@pytest.mark.parametrize("name", ["cn", "utopia"])
def test_every_boundary_and_conflict_of_a_pack_can_be_said(name: str) -> None:
    found = pack(name)
    vocabulary = found.rulebook.vocabulary
    titles = {one.id: one.titles for one in found.rulebook.measures}
    said = [
        say_boundary(case.boundary, tag, found)
        for one in found.rulebook.measures
        for case in boundary_cases(one, vocabulary)
        if case.boundary
        for tag in ("en", "ar")
    ]
    said += [one for c in conflicts(found.rulebook) for one in say_conflict(c, titles, "en")]
    assert said
    assert not [one for one in said if "%(" in one or "\u2014" in one]


# ---------------------------------------------------------------------------- the form


def form_sent(html: str, **changed: str) -> dict[str, list[str]]:
    """Give what a browser would send of a form, with some fields changed."""
    sent: dict[str, list[str]] = {}
    form = html[html.index("/form/") : html.index("Save and check")]
    for tag in re.finditer(
        r"<(input|textarea|select)\b.*?(?=<(?:input|textarea|select|button)\b)", form, re.DOTALL
    ):
        whole = tag.group(0)
        name = re.search(r' name="([^"]+)"', whole)
        if name is None or ('type="checkbox"' in whole and " checked" not in whole):
            continue
        if tag.group(1) == "input":
            value = re.search(r' value="([^"]*)"', whole)
            sent.setdefault(name.group(1), []).append(value.group(1) if value else "")
        elif tag.group(1) == "textarea":
            sent[name.group(1)] = [whole.partition(">")[2].partition("</textarea>")[0].lstrip("\n")]
        else:
            chosen = re.search(r'<option value="([^"]*)"[^>]* selected', whole)
            sent[name.group(1)] = [chosen.group(1) if chosen else ""]
    return {**sent, **{name: [value] for name, value in changed.items()}}


@pytest.mark.parametrize("name", ["cn", "utopia"])
def test_the_form_writes_every_measure_of_a_pack_as_it_is(name: str) -> None:
    found = pack(name)
    for one in found.rulebook.measures:
        measure = replace(one, cases=(), standing=False)
        written = write_rows(rows_of(measure, found.effects), measure, found)
        assert written.errors == {}, one.id
        again = load_draft(written.text, "measure.yaml", found)
        assert [c.effect for c in again.clauses] == [c.effect for c in measure.clauses]
        before = write_rows(rows_of(again, found.effects), again, found)
        assert before.text == written.text


def test_saving_the_form_unchanged_changes_nothing_that_decides(desk: Client) -> None:
    address = begun(desk)
    html = html_of(desk, f"{address}form/")
    answer = desk.post(f"{address}form/", form_sent(html, act="save"))
    assert answer.status_code == 302, answer.content.decode()
    assert "Nothing: it says what is published already." in html_of(desk, address)


def test_the_form_speaks_of_the_last_day(desk: Client) -> None:
    address = begun(desk)
    html = html_of(desk, f"{address}form/")
    assert 'name="c0.last" value="2023-12-31"' in html
    desk.post(f"{address}form/", form_sent(html, act="save", **{"c0.last": "2024-06-30"}))
    assert "until: 2024-07-01" in kept().text


def test_a_fault_of_the_written_yaml_comes_back_beside_its_field(desk: Client) -> None:
    address = begun(desk)
    before = kept()
    html = html_of(desk, f"{address}form/")
    changed = {"c0.t0.value": "HRPP", "note": "kept note"}
    answer = desk.post(f"{address}form/", form_sent(html, act="save", **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#c0.t0.value">' in page
    assert "can never be the value of document.type" in page
    assert "kept note" in page
    assert kept() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("title.en", ""), ("c0.from", ""), ("c0.last", "2020-01-01"), ("c0.t1.value", ""), ("id", "")],
)
def test_what_is_left_empty_is_told_beside_its_field(desk: Client, name: str, value: str) -> None:
    address = begun(desk)
    html = html_of(desk, f"{address}form/")
    answer = desk.post(f"{address}form/", form_sent(html, act="save", **{name: value}))
    assert answer.status_code == 422
    assert f'<a href="#{name}">' in answer.content.decode()


def test_rows_are_added_and_removed_without_being_saved(desk: Client) -> None:
    address = begun(desk)
    before = kept()
    html = html_of(desk, f"{address}form/")

    def pressed(act: str) -> str:
        return desk.post(f"{address}form/", form_sent(html, act=act)).content.decode()

    assert 'name="c0.t2.fact"' in pressed("add_test:0")
    assert 'name="c0.t1.fact"' not in pressed("drop_test:0:1")
    assert 'name="c0.e3.key"' in pressed("add_effect:0")
    assert 'name="c0.e2.key"' not in pressed("drop_effect:0:2")
    assert 'name="c1.id"' in pressed("add_clause")
    assert 'name="c0.id"' not in pressed("drop_clause:0")
    assert pressed("drop_test:9:9").count('name="c0.t') == html.count('name="c0.t')
    assert kept() == before


def test_rows_of_one_group_are_alternatives(desk: Client) -> None:
    address = begun(desk)
    html = html_of(desk, f"{address}form/")
    desk.post(
        f"{address}form/",
        form_sent(html, act="save", **{"c0.t0.group": "1", "c0.t1.group": "1", "c0.t1.not": "yes"}),
    )
    assert re.search(r"any:\s+- \{fact: document.type.*\s+- not: \{fact: document.exp", kept().text)


def test_a_new_id_is_carried_into_the_cases(desk: Client) -> None:
    address = begun(desk)
    html = html_of(desk, f"{address}form/")
    desk.post(f"{address}form/", form_sent(html, act="save", id="M-2026-NEW"))
    assert "measure: M-2026-NEW" in kept().cases
    assert (kept().measure, "Faults" in html_of(desk, address)) == ("M-2026-NEW", False)


def test_a_text_that_cannot_be_read_has_no_form(desk: Client) -> None:
    address = begun(desk)
    desk.post(address, sent_by(kept(), text="id: alone\n"))
    answer = desk.get(f"{address}form/")
    assert answer.status_code == 409
    assert "cannot be shown as a form" in answer.content.decode()


def test_a_deeper_condition_is_shown_and_kept(desk: Client) -> None:
    address = begun(desk)
    deep = "- any: [{all: [{fact: document.type, equals: HRP}]}]"
    text = kept().text.replace("- {fact: document.type, equals: HRP}", deep)
    desk.post(address, sent_by(kept(), text=text))
    html = html_of(desk, f"{address}form/")
    assert "nested more deeply than a form can show" in html
    desk.post(f"{address}form/", form_sent(html, act="save", note="another note"))
    assert "another note" in kept().text
    assert re.search(r"any:\s+- all:\s+- \{fact: document.type, equals: HRP\}", kept().text)


# ---------------------------------------------------------------------------- replays


def test_without_records_nothing_can_be_replayed(desk: Client) -> None:
    address = begun(desk)
    assert "no records of passages yet" in html_of(desk, f"{address}replays/")
    assert desk.post(f"{address}replays/", {"first": "2023-01-01"}).status_code == 200
    assert policy.replays(draft_id=kept().id, most=1) == ()


def test_a_replay_is_asked_for_run_and_read(
    counted: Counted, client: Client, on_day: SetClock
) -> None:
    sign_in(client, "policy1")
    begin = {"measure": EXTENSION}
    address = client.post("/desk/policy/drafts/", begin)["Location"]
    text = kept().text.replace("equals: HRP}", "equals: PPT_ORD}")
    text = text.replace("between: [2020-01-01, 2023-12-30]", "at_least: 2020-01-01")
    client.post(address, sent_by(kept(), text=text, cases=""))
    html = html_of(client, f"{address}replays/")
    assert 'name="first" value="2023-05-08"' in html
    assert 'name="last" value="2023-06-02"' in html
    beyond = client.post(f"{address}replays/", {"first": "2021-01-01", "last": "2023-06-02"})
    assert beyond.status_code == 422
    assert "There are records from 1 June 2022 to 2 June 2023." in beyond.content.decode()
    answer = client.post(f"{address}replays/", {"first": "2023-05-31", "last": "2023-06-02"})
    run = answer["Location"]
    assert "waits for the worker" in html_of(client, run)
    client.post(run, {"act": "stop"})
    assert not run_next_replay()
    client.post(run, {"act": "resume"})
    assert client.get(f"{run}result.csv").status_code == 404
    assert run_next_replay()
    html = html_of(client, run)
    assert "Of 3 recorded passages the draft would have helped 3;" in html
    assert "Most changes: 2 June 2023, helped 2" in html
    assert 'href="/en/entries/' in html
    lines = client.get(f"{run}result.csv").content.decode().split()
    assert lines[:2] == ["split,part,helped,lost,changed", ",,3,0,0"]
    assert "day,2023-06-02,2,0,0" in lines
    assert client.get(f"{run}progress/")["X-Replay-State"] == "done"


def test_a_run_of_another_draft_is_not_there(desk: Client) -> None:
    address = begun(desk)
    assert desk.get(f"{address}replays/01890000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize("tag", list(LANGUAGES))
def test_the_pages_speak_every_language(desk: Client, tag: str) -> None:
    address = begun(desk)
    for path in (address, f"{address}form/", f"{address}replays/", "/desk/policy/"):
        html = html_of(desk, f"{path}?lang={tag}")
        assert f'<html lang="{tag}" dir="{LANGUAGES[tag].direction}">' in html
        assert "%(" not in html
