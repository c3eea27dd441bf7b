"""Keeps the public figures: each with its definition, its growth, its seal, and no key needed."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from guomen import clock
from guomen.apps.bulletins.operations import tally_sealed
from guomen.apps.ledger.operations import declare_simulation
from guomen.apps.ledger.queries import seal_numbered
from guomen.core.actor import Actor, ActorKind, Duty
from tests.api.conftest import problem, told
from tests.apps.bulletins.conftest import (
    AT,
    FIRST,
    TOTAL_2022,
    TOTAL_2023,
    Press,
    cleared,
    press,
    write,
)
from tests.builders import seal_now
from tests.nation import NationForTests

__all__ = ["press"]
FIGURES = "/api/v1/figures"


def get(path: str = "") -> Any:
    """Read a figure as anybody may."""
    return Client().get(FIGURES + path)


def test_figures_are_listed_with_their_definitions_in_every_language(press: Press) -> None:
    body = told(get())
    pack = press.nation.jurisdiction
    assert {one["id"] for one in body["figures"]} == set(pack.figures)
    for one in body["figures"]:
        assert set(pack.languages) <= one["names"].keys() == one["definition"].keys()
        assert one["definition_digest"] == pack.figures[one["id"]].digest
    assert body["periods"] == ["2022H1", "2022H2", "2023H1"]
    assert body["synthetic"] is None


def test_figure_tells_value_growth_months_definition_and_seal(press: Press) -> None:
    body = told(get("/persons.inspected?period=2023H1"))
    assert (body["value"], body["unit"], body["period"]) == (
        TOTAL_2023,
        "person_time",
        "2023H1",
    )
    assert body["year_on_year"] == {"base": TOTAL_2022, "percent": "169.6"}
    assert sum(body["months"].values()) == TOTAL_2023
    seal = seal_numbered(body["seal"]["node"], body["seal"]["number"])
    assert seal is not None
    assert body["seal"]["root"] == seal.head.root
    definition = press.figure("persons.inspected")
    assert body["definition_digest"] == definition.digest


@pytest.mark.parametrize("period", ["2023H1", "2023Q2", "2023-05"])
def test_figure_is_told_for_other_periods_too(press: Press, period: str) -> None:
    body = told(get(f"/passages.extended_permit?period={period}"))
    assert (body["period"], body["value"]) == (period, 1_485_000)
    assert body["year_on_year"] == {"base": 0, "percent": None}


def test_figure_without_a_period_is_told_for_the_newest_half_year(press: Press) -> None:
    assert told(get("/persons.inspected"))["period"] == "2023H1"


def test_figure_that_nobody_declares_is_not_found(nation: NationForTests) -> None:
    found = problem(get("/persons.martians"), 404, "bulletins.figure_unknown")
    assert found["facts"] == {"figure": "persons.martians"}


@pytest.mark.parametrize("period", ["lately", "2023H3", "0000", "2023-13"])
def test_period_that_is_none_is_told_so(press: Press, period: str) -> None:
    problem(get(f"/persons.inspected?period={period}"), 422, "period.unreadable")


def test_without_records_no_period_can_be_offered(committed: NationForTests) -> None:
    problem(get("/persons.inspected"), 404, "bulletins.period_not_covered")


def test_without_a_seal_no_figure_is_told(committed: NationForTests) -> None:
    write(cleared(1, FIRST))
    problem(get("/persons.inspected?period=2022H1"), 409, "bulletins.nothing_sealed")


def test_synthetic_records_say_so_and_at_which_scale(committed: NationForTests) -> None:
    declare_simulation(
        actor=Actor(ActorKind.SYSTEM, "test", frozenset({Duty.DECLARE_SIMULATION})),
        at=AT,
        entry=clock.new_id(),
        scale="0.001",
        seed=7,
        periods=["2023H1"],
    )
    write(cleared(5, date(2023, 2, 1)))
    seal_now()
    tally_sealed(node=settings.GUOMEN_NODE)
    body = told(get("/persons.inspected"))
    assert (body["value"], body["synthetic"]) == (5, {"scale": "0.001", "seed": 7})
    assert told(get())["periods"] == ["2023H1"]
