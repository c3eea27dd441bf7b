"""A draft is written without losing anything, proposed when ready, and replayed while it waits."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings

from guomen import clock
from guomen.apps.border.operations import clear_passage
from guomen.apps.policy.lake import Lake
from guomen.apps.policy.operations import (
    DraftChanged,
    DraftNotReady,
    DraftOutdated,
    ask_replay,
    begin_draft,
    discard_draft,
    propose_draft,
    publish_rulebook,
    resume_replay,
    save_draft,
    stop_replay,
    withdraw_rulebook,
)
from guomen.apps.policy.queries import (
    DraftUnknown,
    draft,
    drafts,
    files_of,
    jurisdiction,
    jurisdiction_at,
    next_replay,
    published_digest,
    replay,
    rulebook_named,
)
from guomen.core.actor import DutyMissing
from guomen.core.time import Period
from guomen.core.transitions import TransitionNotPermitted
from guomen.jurisdiction.drafting import ClauseNotOpen, check_draft, close_clause, texts_of
from guomen.jurisdiction.writing import write_cases, write_measure
from guomen.project.replay_worker import run_next_replay
from guomen.project.replaying import redecide_recorded
from tests.builders import instant, passage, presented
from tests.nation import AT, NationForTests

LATER = AT + timedelta(hours=1)
EXTENSION = "M-2023-0508-HRP"


def published(measure_id: str = EXTENSION) -> tuple[str, str]:
    """Give a published measure's texts."""
    measure = jurisdiction().rulebook.measure(measure_id)
    assert measure is not None
    return texts_of(files_of(pack_digest=published_digest() or ""), measure)


def longer(until: str = "2024-07-01") -> tuple[str, str]:
    """The extension, prolonged; its cases beyond the old end are taken out."""
    text, cases = published()
    kept = cases[: cases.index("  - facts: {document.type: HRP, document.expiry_date: 2022-06-30}")]
    return text.replace("until: 2024-01-01", f"until: {until}"), kept


def begun(nation: NationForTests, texts: tuple[str, str] | None = None) -> UUID:
    """Begin a draft of the extension."""
    text, cases = texts or published()
    draft_id = clock.new_id()
    begin_draft(
        actor=nation.officer("policy1"),
        at=AT,
        draft=draft_id,
        measure=EXTENSION,
        text=text,
        cases=cases,
    )
    return draft_id


def proposed(nation: NationForTests, draft_id: UUID) -> str:
    """Propose a draft by the first officer."""
    return propose_draft(
        actor=nation.officer("policy1"), at=LATER, entry=clock.new_entry(), draft=draft_id
    )


def publish(nation: NationForTests, digest: str, at: datetime = LATER) -> None:
    """Publish by the second officer."""
    publish_rulebook(
        actor=nation.officer("policy2"), at=at, entry=clock.new_entry(), pack_digest=digest
    )


def test_a_draft_is_kept_with_its_faults_and_with_every_character(nation: NationForTests) -> None:
    draft_id = begun(nation)
    revision = save_draft(
        actor=nation.officer("policy1"),
        at=LATER,
        draft=draft_id,
        revision=1,
        text="id: [unfinished\n\t",
        cases="",
    )
    kept = draft(draft_id=draft_id)
    assert (revision, kept.text, kept.measure) == (2, "id: [unfinished\n\t", EXTENSION)
    assert check_draft(kept.text, kept.cases, nation.jurisdiction).faults[0].line == 2


def test_of_two_who_save_at_once_the_second_is_told_and_overwrites_nothing(
    nation: NationForTests,
) -> None:
    draft_id, (text, cases) = begun(nation), published()
    mine = {"actor": nation.officer("policy1"), "at": LATER, "draft": draft_id, "revision": 1}
    save_draft(**mine, text=text + "# first\n", cases=cases)  # type: ignore[arg-type]
    with pytest.raises(DraftChanged):
        save_draft(**mine, text=text + "# second\n", cases=cases)  # type: ignore[arg-type]
    assert draft(draft_id=draft_id).text.endswith("# first\n")


def test_only_who_may_propose_writes_drafts(nation: NationForTests) -> None:
    with pytest.raises(DutyMissing):
        begin_draft(
            actor=nation.officer("lane"),
            at=AT,
            draft=clock.new_id(),
            measure="X",
            text="",
            cases="",
        )


def test_a_draft_is_proposed_and_published_by_a_second_officer_and_decides_at_once(
    nation: NationForTests,
) -> None:
    digest = proposed(nation, begun(nation, longer()))
    assert jurisdiction().rulebook.measure(EXTENSION) == nation.jurisdiction.rulebook.measure(
        EXTENSION
    )
    publish(nation, digest)
    measure = jurisdiction().rulebook.measure(EXTENSION)
    assert measure is not None
    assert measure.clauses[0].in_force.until == date(2024, 7, 1)


def test_what_happened_before_the_publication_is_decided_by_the_rulebook_of_then(
    nation: NationForTests,
) -> None:
    before = nation.jurisdiction.rulebook.digest
    publish(nation, proposed(nation, begun(nation, longer())))
    assert jurisdiction_at(instant=LATER).rulebook.digest != before
    assert jurisdiction_at(instant=LATER - timedelta(seconds=1)).rulebook.digest == before
    assert jurisdiction_at(instant=datetime(1999, 1, 1, tzinfo=UTC)).rulebook.digest == before
    named = rulebook_named(rulebook_digest=before)
    assert named is not None
    assert named.digest == before


def test_a_draft_whose_cases_come_out_otherwise_is_not_proposed(nation: NationForTests) -> None:
    text, cases = published()
    draft_id = begun(nation, (text.replace("2023-12-30]", "2022-12-30]"), cases))
    with pytest.raises(DraftNotReady) as refused:
        proposed(nation, draft_id)
    assert refused.value.facts == {"faults": 0, "cases": 7, "otherwise": 1}


def test_a_draft_without_cases_is_not_proposed(nation: NationForTests) -> None:
    with pytest.raises(DraftNotReady):
        proposed(nation, begun(nation, (published()[0], "")))


def test_a_draft_of_a_measure_published_anew_meanwhile_is_outdated(nation: NationForTests) -> None:
    first, second = begun(nation, longer()), begun(nation, longer("2025-01-01"))
    publish(nation, proposed(nation, first))
    with pytest.raises(DraftOutdated):
        proposed(nation, second)


def test_a_draft_begun_before_another_measure_was_published_is_not(nation: NationForTests) -> None:
    text, cases = published("M-2024-0306-IVS2")
    other = begun(nation, (text.replace("source: ", "source: again ", 1), cases))
    publish(nation, proposed(nation, begun(nation, longer())))
    publish(nation, proposed(nation, other), LATER + timedelta(hours=1))
    measure = jurisdiction().rulebook.measure(EXTENSION)
    assert measure is not None
    assert measure.clauses[0].in_force.until == date(2024, 7, 1)


def test_a_withdrawn_proposal_lets_the_writing_go_on(nation: NationForTests) -> None:
    draft_id = begun(nation, longer())
    digest = proposed(nation, draft_id)
    assert draft(draft_id=draft_id).state == "proposed"
    withdraw_rulebook(
        actor=nation.officer("policy2"), at=LATER, entry=clock.new_entry(), pack_digest=digest
    )
    assert draft(draft_id=draft_id).state == "open"


def test_a_discarded_draft_stays_readable_and_is_not_written_any_more(
    nation: NationForTests,
) -> None:
    draft_id = begun(nation)
    discard_draft(actor=nation.officer("policy1"), at=LATER, draft=draft_id)
    assert [one.id for one in drafts(states=["discarded"], most=5)] == [draft_id]
    with pytest.raises(TransitionNotPermitted):
        save_draft(
            actor=nation.officer("policy1"),
            at=LATER,
            draft=draft_id,
            revision=1,
            text="",
            cases="",
        )


def test_an_unknown_draft_is_refused(nation: NationForTests) -> None:
    with pytest.raises(DraftUnknown):
        draft(draft_id=clock.new_id())


def test_a_draft_is_told_its_conflicts_its_proposals_and_what_no_case_tries(
    nation: NationForTests,
) -> None:
    text, cases = published()
    other = text.replace(EXTENSION, "M-2023-0601-HRP").replace(
        "from: 2023-05-08", "from: 2023-06-01"
    )
    other = other.replace("deemed_expiry_date: 2023-12-31", "deemed_expiry_date: 2024-12-31")
    found = check_draft(other, cases.replace(EXTENSION, "M-2023-0601-HRP"), nation.jurisdiction)
    assert [(one.kind, one.settled_by) for one in found.conflicts] == [("differ", "later")]
    assert found.conflicts[0].situation["document.type"] == "HRP"
    assert found.proposed
    assert all(one.origin == "proposed" for one in found.proposed)
    assert {one.found for one in found.cases} == {True, False}
    assert found.differences


def test_the_cases_of_another_measure_are_a_fault(nation: NationForTests) -> None:
    text, cases = published()
    found = check_draft(text, cases.replace(EXTENSION, "M-X"), nation.jurisdiction)
    (fault,) = found.faults
    assert (fault.file, fault.mend) == ("cases.yaml", f"write `measure: {EXTENSION}`")
    assert not found.ready


def test_a_clause_is_closed_where_the_officer_says_and_nowhere_else(nation: NationForTests) -> None:
    measure = nation.jurisdiction.rulebook.measure("M-2024-0306-IVS2")
    assert measure is not None
    closed = close_clause(measure, "a", date(2025, 1, 1))
    read = check_draft(
        write_measure(closed), write_cases(measure.id, measure.cases), jurisdiction()
    )
    assert read.measure is not None
    assert read.measure.clauses[0].in_force == Period(date(2024, 3, 6), date(2025, 1, 1))
    for clause, day in (("a", date(2024, 3, 6)), ("b", date(2025, 1, 1))):
        with pytest.raises(ClauseNotOpen):
            close_clause(measure, clause, day)


def test_a_clause_that_reads_a_table_is_closed_as_one(nation: NationForTests) -> None:
    measure = nation.jurisdiction.rulebook.measure("M-2024-0506-1")
    assert measure is not None
    closed = close_clause(measure, "a", date(2026, 1, 1))
    assert "in_table: online-renewal-cities" in write_measure(closed)
    assert "until: 2026-01-01" in write_measure(closed)


EXPIRED = {"number": "H00000000", "expiry": date(2022, 6, 30)}


def crossed(nation: NationForTests, count: int = 3) -> None:
    """Let travellers come with an expired permit before and during the extension."""
    for at in range(count):
        shown = presented(**{**EXPIRED, "birth": date(1990, 1, 1 + at)})  # type: ignore[arg-type]
        clear_passage(
            actor=nation.gate.actor,
            at=AT,
            place=nation.place(),
            request=passage(f"crossed-{at}", shown, instant(f"2023-05-0{6 + at} 04:00")),
            jurisdiction=nation.jurisdiction,
        )


@pytest.fixture
def lake(tmp_path: Path, settings: Any) -> Lake:
    """Give the installation an empty lake."""
    settings.GUOMEN_LAKE = tmp_path / "lake"
    return Lake(django_settings.GUOMEN_LAKE / "passages")


def asked(nation: NationForTests, draft_id: UUID) -> UUID:
    """Ask for a replay over a week."""
    run = clock.new_id()
    ask_replay(
        actor=nation.officer("policy1"),
        at=AT,
        run=run,
        draft=draft_id,
        days=Period(date(2023, 5, 4), date(2023, 5, 11)),
    )
    return run


def test_a_replay_tells_whom_an_earlier_beginning_would_have_helped(
    nation: NationForTests, lake: Lake
) -> None:
    crossed(nation)
    text, cases = published()
    run = asked(
        nation, begun(nation, (text.replace("from: 2023-05-08", "from: 2023-05-01"), cases))
    )
    assert run_next_replay()
    found = replay(run=run)
    assert (found.state, found.done, found.days) == ("done", 7, 7)
    assert found.result is not None
    assert (found.result["acts"], found.result["helped"], found.result["lost"]) == (3, 2, 0)
    assert {one["day"] for one in found.result["sample"]} == {"2023-05-06", "2023-05-07"}
    assert not run_next_replay()


def test_a_stopped_replay_is_taken_up_again(nation: NationForTests, lake: Lake) -> None:
    run, officer = asked(nation, begun(nation)), nation.officer("policy1")
    stop_replay(actor=officer, at=LATER, run=run)
    assert next_replay() is None
    resume_replay(actor=officer, at=LATER, run=run)
    assert run_next_replay()
    assert replay(run=run).state == "done"
    with pytest.raises(TransitionNotPermitted):
        stop_replay(actor=officer, at=LATER, run=run)


def test_a_replay_of_a_draft_with_faults_fails_and_says_why(
    nation: NationForTests, lake: Lake
) -> None:
    run = asked(nation, begun(nation, ("id: X\n", "")))
    assert run_next_replay()
    found = replay(run=run)
    assert found.state == "failed"
    assert found.result is not None
    assert "measure.yaml:1" in found.result["why"]


def test_a_replay_over_a_damaged_lake_fails_and_says_so(nation: NationForTests, lake: Lake) -> None:
    run = asked(nation, begun(nation))
    lake.folder.mkdir(parents=True)
    lake.path(date(2023, 5, 5)).write_bytes(b"no parquet")
    assert run_next_replay()
    assert replay(run=run).state == "failed"
    assert next_replay() is None


def test_everything_recorded_comes_out_again_after_a_new_rulebook_decides(
    nation: NationForTests, lake: Lake
) -> None:
    crossed(nation)
    publish(nation, proposed(nation, begun(nation, longer())))
    found = redecide_recorded(date(2023, 5, 1), date(2023, 6, 1), jurisdiction())
    assert (found.acts, found.differing) == (3, ())
    assert found.answers >= 3
