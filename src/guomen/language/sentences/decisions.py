"""Says a decision: in a line for the lane, and in full for a letter to the person it is about."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from guomen.core.policy import Clause, Operator, Test
from guomen.core.policy.decision import Answer, Decision
from guomen.core.policy.explanation import Change, Explanation, Holds, Nearest
from guomen.jurisdiction import Jurisdiction
from guomen.language.amounts import say_alternatives
from guomen.language.sentences.effects import say_effect
from guomen.language.sentences.filling import fill
from guomen.language.sentences.findings import say_finding, say_test, say_value
from guomen.language.tags import text_in
from guomen.language.values import say_day

MOST_VALUES = 12
"""A longer list of what would do is cut, and says how many more there are."""

_MET = _("%(outcome)s. This is said by \u201c%(measure)s\u201d.")
_NONE = _("No measure applies.")
_DEFAULT = _("No measure applies, so this holds: %(outcome)s.")
_UNTOLD = _("It cannot be told yet: more has to be known.")
_WOULD_APPLY = _("\u201c%(measure)s\u201d would apply with: %(changes)s.")
_NOW = _("%(wanted)s (now: %(given)s)")
_NOT_TOLD = _("%(wanted)s (not told yet)")
_AND_MORE = _("%(wanted)s and %(more)s more")
_BETWEEN = _("This answer holds from %(since)s until the end of %(last)s.")
_UNTIL = _("This answer holds until the end of %(last)s.")
_SINCE = _("This answer has held since %(since)s.")
_THEN = _("From %(day)s another measure answers: \u201c%(measure)s\u201d.")
_THEN_NONE = _("From %(day)s no measure applies any more.")
_QUESTION = _("%(question)s (%(day)s)")
_SAID_BY = _(
    "This is said by \u201c%(measure)s\u201d (%(id)s), clause %(clause)s, in force from %(since)s. "
    "It stands written in: %(source)s"
)
_SAID_BY_UNTIL = _(
    "This is said by \u201c%(measure)s\u201d (%(id)s), clause %(clause)s, in force from %(since)s "
    "until the end of %(last)s. It stands written in: %(source)s"
)
_ASK = _(
    "If you do not agree, ask for an officer: a person looks at it again. Questions: %(hotline)s."
)


def say_briefly(explained: Explanation, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say a decision in a line or two: what holds, or what would have to be otherwise."""
    decision = explained.decision
    if decision.answers:
        return _outcome(decision, tag, jurisdiction)
    if decision.open and not _contradicted(explained.nearest):
        said = fill(_UNTOLD, {}, tag)
    else:
        said = fill(_NONE, {}, tag)
    nearest = say_nearest(explained, tag, jurisdiction)
    return f"{said} {nearest}".rstrip()


def say_in_full(explained: Explanation, tag: str, jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """Say a decision as the paragraphs of a letter.

    The question and the day, what holds, which clause says it and where it stands written, each
    thing that was looked at, what would change it, for how long it holds, and whom to ask.
    """
    return tuple(line for line in _paragraphs(explained, tag, jurisdiction) if line)


def _paragraphs(explained: Explanation, tag: str, jurisdiction: Jurisdiction) -> Iterator[str]:
    decision = explained.decision
    question = jurisdiction.rulebook.question(decision.question)
    asked = {"question": text_in(question.names, tag)[0], "day": say_day(explained.on, tag)}
    yield fill(_QUESTION, asked, tag)
    yield _outcome(decision, tag, jurisdiction)
    if decision.answers:
        yield _said_by(decision.answers[0], explained.on, tag, jurisdiction)
    for finding in decision.findings:
        yield say_finding(finding, tag, jurisdiction)
    yield say_nearest(explained, tag, jurisdiction)
    yield say_holds(explained, tag, jurisdiction)
    yield fill(_ASK, {"hotline": jurisdiction.hotline}, tag)


def _outcome(decision: Decision, tag: str, jurisdiction: Jurisdiction) -> str:
    said = [say_effect(key, one, tag, jurisdiction) for key, one in decision.outcome.items()]
    outcome = say_alternatives(said, tag)
    if decision.answers:
        title = _title(decision.answers[0].measure, tag, jurisdiction)
        return fill(_MET, {"outcome": outcome, "measure": title}, tag)
    return fill(_DEFAULT if said else _NONE, {"outcome": outcome}, tag)


def _title(measure_id: str, tag: str, jurisdiction: Jurisdiction) -> str:
    measure = jurisdiction.rulebook.measure(measure_id)
    return text_in(measure.titles, tag)[0] if measure else measure_id


def _said_by(answer: Answer, on: date, tag: str, jurisdiction: Jurisdiction) -> str:
    measure = jurisdiction.rulebook.measure(answer.measure)
    clause = measure.clause_on(on) if measure else None
    if measure is None or clause is None:
        return ""
    told = {
        "measure": text_in(measure.titles, tag)[0],
        "id": measure.id,
        "clause": clause.id,
        "since": say_day(clause.begins, tag),
        "source": measure.citation.source,
    }
    last = _last_day(clause)
    if last is None:
        return fill(_SAID_BY, told, tag)
    return fill(_SAID_BY_UNTIL, {**told, "last": say_day(last, tag)}, tag)


def _last_day(clause: Clause) -> date | None:
    # A clause that reads a table has a state for each change of it; the next one goes on.
    return clause.in_force.last_day if clause.since is None else None


def say_nearest(explained: Explanation, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say what would have to be otherwise for the nearest measure to apply; empty if nothing can."""
    nearest = explained.nearest
    if nearest is None:
        return ""
    changes = [_change(one, tag, jurisdiction) for one in nearest.changes]
    told = {
        "measure": _title(nearest.measure, tag, jurisdiction),
        "changes": say_alternatives(changes, tag),
    }
    return fill(_WOULD_APPLY, told, tag)


def _contradicted(nearest: Nearest | None) -> bool:
    return nearest is None or any(change.given is not None for change in nearest.changes)


def _change(change: Change, tag: str, jurisdiction: Jurisdiction) -> str:
    shown = change.to[:MOST_VALUES]
    wanted = say_test(Test(change.fact, _operator(change), shown), tag, jurisdiction)
    if len(change.to) > len(shown):
        more = str(len(change.to) - len(shown))
        wanted = fill(_AND_MORE, {"wanted": wanted, "more": more}, tag)
    if change.given is None:
        return fill(_NOT_TOLD, {"wanted": wanted}, tag)
    given = say_value(change.given, jurisdiction.rulebook.vocabulary[change.fact], tag)
    return fill(_NOW, {"wanted": wanted, "given": given}, tag)


def _operator(change: Change) -> Operator:
    if change.onwards:
        return Operator.AT_LEAST if change.onwards == "up" else Operator.AT_MOST
    return Operator.EQUALS if len(change.to) == 1 else Operator.ONE_OF


def say_holds(explained: Explanation, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say on which days the same facts get this answer, and what comes after; empty if for ever."""
    holds = explained.holds
    said = _days(holds, tag)
    if holds.until is None:
        return said
    day = say_day(holds.until, tag)
    if holds.after is not None:
        title = _title(holds.after.measure, tag, jurisdiction)
        return f"{said} {fill(_THEN, {'day': day, 'measure': title}, tag)}"
    if explained.decision.answers:
        return f"{said} {fill(_THEN_NONE, {'day': day}, tag)}"
    return said


def _days(holds: Holds, tag: str) -> str:
    told = {}
    if holds.since is not None:
        told["since"] = say_day(holds.since, tag)
    if holds.until is not None:
        told["last"] = say_day(holds.until - timedelta(days=1), tag)
    if len(told) == 2:
        return fill(_BETWEEN, told, tag)
    sentence = _UNTIL if holds.until is not None else _SINCE
    return fill(sentence, told, tag) if told else ""
