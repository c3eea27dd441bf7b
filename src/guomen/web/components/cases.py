"""Cases in words: what is known of the situation, the day, and the verdict."""

from dataclasses import dataclass
from datetime import date

from guomen.core.policy import Case, Value
from guomen.core.policy.facts import Facts
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_value
from guomen.language.tags import text_in

_VERDICTS = {True: "applies", False: "does_not_apply", None: "cannot_be_told"}


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One case in words; `mark` tells what became of it (new, gone), empty where nothing did."""

    facts: tuple[tuple[str, str], ...]
    on: date
    verdict: str
    mark: str = ""


def case_shown(case: Case, pack: Jurisdiction, tag: str, mark: str = "") -> CaseShown:
    """Say a case as it stands, with the verdict that is expected."""
    return CaseShown(facts_shown(case.facts, pack, tag), case.on, verdict_word(case.expect), mark)


def verdict_word(verdict: bool | None) -> str:
    """Name a verdict for the templates."""
    return _VERDICTS[verdict]


def facts_shown(facts: Facts, pack: Jurisdiction, tag: str) -> tuple[tuple[str, str], ...]:
    """Say what is known of a situation; a fact that is no longer declared is said as it stands."""
    return tuple(_fact(name, value, pack, tag) for name, value in facts.items())


def _fact(name: str, value: Value, pack: Jurisdiction, tag: str) -> tuple[str, str]:
    vocabulary = pack.rulebook.vocabulary
    if name not in vocabulary:
        return name, str(value)
    declared = vocabulary[name]
    return text_in(declared.names, tag)[0], say_value(value, declared, tag)
