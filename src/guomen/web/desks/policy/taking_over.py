"""Puts proposed cases into the text of a draft's cases, behind those that are there."""

from collections.abc import Collection
from dataclasses import replace

from guomen.core.policy import Case
from guomen.jurisdiction import Jurisdiction
from guomen.jurisdiction.drafting import DraftCheck, check_draft
from guomen.jurisdiction.writing import write_cases
from guomen.language.sentences import say_boundary
from guomen.web.desks.policy.checking import case_key

_WHY_IN = "en"
"""The reason of a case is written once, in the language of the pack's notes."""

ALL = "all"


def with_proposals(
    text: str, cases: str, pack: Jurisdiction, *, standing: bool, taken: Collection[str]
) -> str:
    """Give the text of the cases with those proposals in it that `taken` names, or with `ALL`.

    What was written stays as it is, comments and all, unless its layout lets nothing be added.
    """
    check = check_draft(text, cases, pack, standing=standing)
    chosen = [one for one in check.proposed if ALL in taken or case_key(one) in taken]
    if check.measure is None or check.faults or not chosen:
        return cases
    told = [_with_reason(one, pack) for one in chosen]
    wanted = [*(one.case for one in check.cases), *told]
    added = f"{cases.rstrip()}\n{_rows(check.measure.id, told)}"
    same = _cases_of(check_draft(text, added, pack, standing=standing)) == wanted
    return added if same else write_cases(check.measure.id, wanted)


def _with_reason(case: Case, pack: Jurisdiction) -> Case:
    why = say_boundary(case.boundary, _WHY_IN, pack) if case.boundary else ""
    return replace(case, why=why)


def _rows(measure_id: str, cases: Collection[Case]) -> str:
    _head, _key, rows = write_cases(measure_id, cases).partition("\ncases:\n")
    return rows


def _cases_of(check: DraftCheck) -> list[Case]:
    return [] if check.faults else [one.case for one in check.cases]
