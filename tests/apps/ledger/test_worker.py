"""The worker goes on when a round fails for a passing reason, and not for any other; alerts lapse."""

from io import StringIO

import pytest
from django.db import IntegrityError, OperationalError

from guomen.apps.registry.models import Alert
from guomen.project.management.commands.worker import Command
from tests.apps.registry.alerts import in_force
from tests.nation import NationForTests


def outlived(error: Exception) -> str:
    """Let a round fail and give what the worker said."""

    def round_that_fails() -> None:
        raise error

    said = StringIO()
    Command(stderr=said)._outlive(round_that_fails)
    return said.getvalue()


def test_worker_that_came_second_with_a_seal_says_nothing_and_goes_on(committed: object) -> None:
    assert outlived(IntegrityError("seal_number_once")) == ""


def test_worker_tells_that_the_database_is_away_and_goes_on(committed: object) -> None:
    assert "does not answer" in outlived(OperationalError("server closed"))


def test_worker_does_not_hide_a_fault_of_its_own(committed: object) -> None:
    with pytest.raises(KeyError):
        outlived(KeyError("a fault"))


def test_round_of_the_worker_lets_alerts_lapse(nation: NationForTests) -> None:
    alert = in_force(nation)  # its last day is long over
    command = Command(stderr=StringIO())
    command._lapse_alerts()
    command._lapse_alerts()
    assert Alert.objects.get(pk=alert).state == "lapsed"
