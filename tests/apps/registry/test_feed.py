"""Port nodes are told each standing that came or changed, once, in pages, from where they are."""

import os

import pytest
from django.db import connection

from guomen.apps.registry.feed import FROM_THE_START, changed_standings
from guomen.apps.registry.models import Standing
from guomen.apps.registry.operations import Passed, adopt_standings, note_changes, note_passed
from tests.builders import let_other_databases_end
from tests.nation import AT

pytestmark = pytest.mark.usefixtures("committed")
"""A node is told what is committed, and on PostgreSQL nothing before every transaction has ended."""


def told(after: str, most: int = 100) -> tuple[list[str], str, bool]:
    """Ask for what changed after a cursor."""
    let_other_databases_end()
    found = changed_standings(after=after, most=most)
    return sorted(one.index for one in found.standings), found.cursor, found.complete


def test_registering_a_document_tells_it_and_a_passage_does_not() -> None:
    registered = Standing.objects.filter(enrolled=True).values_list("number_index", flat=True)
    indexes, cursor, complete = told(FROM_THE_START)
    assert (indexes, complete) == (sorted(registered), True)
    assert indexes
    note_passed(passed=[Passed(indexes[0], "HRP", "entry", "HENGQIN", AT)])
    assert told(cursor) == ([], cursor, True)


def test_pages_follow_one_another_until_nothing_is_new() -> None:
    cursor = told(FROM_THE_START)[1]
    _registered("a", "b", "c", "d", "e")
    seen, complete = [], False
    while not complete:
        page, cursor, complete = told(cursor, most=2)
        seen += page
        assert len(page) <= 2
    assert sorted(seen) == ["a", "b", "c", "d", "e"]
    assert told(cursor) == ([], cursor, True)


def test_a_change_is_told_as_it_is_now() -> None:
    cursor = told(FROM_THE_START)[1]
    _registered("a")
    Standing.objects.filter(pk="a").update(status="lost")
    note_changes(indexes=["a", "a"])
    let_other_databases_end()
    [one] = changed_standings(after=cursor, most=9).standings
    assert (one.index, one.status) == ("a", "lost")


def test_a_cursor_that_is_none_of_ours_begins_from_the_start() -> None:
    for cursor in ("", "x", "0", "1.x", "-1.0", "99999999999.0", "9" * 50, "٣.٣"):
        assert told(cursor) == told(FROM_THE_START)


def test_adopting_leaves_the_last_passage_as_it_is() -> None:
    cursor = told(FROM_THE_START)[1]
    _registered("a")
    note_passed(passed=[Passed("a", "HRP", "entry", "HENGQIN", AT)])
    Standing.objects.filter(pk="a").update(status="lost")
    let_other_databases_end()
    known = changed_standings(after=cursor, most=9).standings
    Standing.objects.filter(pk="a").update(status="valid")
    adopt_standings(standings=known)
    row = Standing.objects.get(pk="a")
    assert (row.status, row.last_port, row.last_at) == ("lost", "HENGQIN", AT)


def _registered(*indexes: str) -> None:
    for index in indexes:
        Standing.objects.create(number_index=index, kind="HRP", status="valid", enrolled=True)
    note_changes(indexes=indexes)


@pytest.mark.skipif(
    "postgresql" not in os.environ.get("GUOMEN_TEST_DATABASE", ""), reason="SQLite has one writer"
)
def test_what_began_first_and_commits_last_is_not_skipped() -> None:
    cursor = told(FROM_THE_START)[1]
    slow = connection.copy()
    with slow.cursor() as writing:
        writing.execute("BEGIN")
        writing.execute("INSERT INTO registry_standingchange (number_index) VALUES ('slow')")
        _registered("slow", "quick")
        quick = changed_standings(after=cursor, most=9)
        assert quick.standings == ()
        writing.execute("COMMIT")
    slow.close()
    indexes, _, complete = told(quick.cursor)
    assert (indexes, complete) == (["quick", "slow"], True)
