"""A node is enrolled, listed and revoked by command, and does not start where it cannot clear."""

import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from guomen.apps.border.nodes import node_named
from guomen.apps.registry.queries import vault
from guomen.core.seal import public_key_of
from guomen.project.enrolment import FILE, Enrolment, enrolment_in
from guomen.project.secrets import whole_number
from tests.nation import NationForTests

HERE = ("node", "enroll", "--name", "hengqin", "--port", "HENGQIN")
ENROLMENT = Enrolment("hengqin", "HENGQIN", bytes(32), bytes(32), bytes(32))


def command(*arguments: str) -> Any:
    """Run a command and read its object."""
    told = io.StringIO()
    call_command(*arguments, "--json", stdout=told)
    return json.loads(told.getvalue())


def test_an_enrolment_is_written_for_its_own_user_alone(
    nation: NationForTests, tmp_path: Path
) -> None:
    command(*HERE, "--folder", str(tmp_path))
    path = tmp_path / "keys" / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = enrolment_in(tmp_path / "keys")
    assert found is not None
    assert (found.node, found.port, found.index_key) == ("hengqin", "HENGQIN", vault().key)
    assert found.centre_key == public_key_of(settings.GUOMEN_SEAL_KEY)
    assert node_named(name="hengqin").public_key == public_key_of(found.node_key)
    with pytest.raises(CommandError, match="there already"):
        command("node", "enroll", "--name", "b", "--port", "HENGQIN", "--folder", str(tmp_path))


def test_an_enrolment_without_a_folder_is_shown_and_never_holds_the_registrys_secret(
    nation: NationForTests,
) -> None:
    told = command(*HERE)
    assert told.keys() == {"node", "port", "node_key", "index_key", "centre_key"}
    assert (settings.GUOMEN_REGISTRY_SECRET or b"").hex() not in told.values()
    assert settings.GUOMEN_SEAL_KEY.hex() not in told.values()


def test_nodes_are_listed_with_their_lag_and_their_state(nation: NationForTests) -> None:
    assert command("node", "list") == {"nodes": []}
    command(*HERE)
    command("node", "revoke", "hengqin")
    [one] = command("node", "list")["nodes"]
    assert (one["state"], one["heard_at"], one["waiting"]) == ("revoked", None, 0)
    told = io.StringIO()
    call_command("node", "list", stdout=told)
    assert "never heard" in told.getvalue()
    assert "REVOKED" in told.getvalue()
    with pytest.raises(CommandError, match="No node in use"):
        command("node", "revoke", "hengqin")


def test_a_port_that_the_pack_does_not_have_is_refused(nation: NationForTests) -> None:
    with pytest.raises(CommandError, match="no such port"):
        command("node", "enroll", "--name", "b", "--port", "MARS")


@pytest.mark.parametrize("enrolment", [None, ENROLMENT])
def test_a_node_without_its_ports_enrolment_does_not_start(enrolment: Enrolment | None) -> None:
    with (
        override_settings(GUOMEN_ENROLMENT=enrolment),
        pytest.raises(CommandError, match="no enrolment of a port node for GONGBEI"),
    ):
        call_command("port_node", "--port", "GONGBEI", "--centre", "http://127.0.0.1:1")


def test_a_first_start_without_the_centre_says_what_is_missing(nation: NationForTests) -> None:
    asked = ("--port", "HENGQIN", "--centre", "http://127.0.0.1:1", "--listen", "0")
    with (
        override_settings(GUOMEN_ENROLMENT=ENROLMENT),
        pytest.raises(CommandError, match="The first start needs the link"),
    ):
        call_command("port_node", *asked)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"node": 1}', "{" + '"node": "a"'])
def test_a_damaged_enrolment_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="not an enrolment"):
        enrolment_in(tmp_path)


def test_a_key_of_another_length_is_no_key(tmp_path: Path) -> None:
    told = ENROLMENT.told() | {"node_key": "00"}
    (tmp_path / FILE).write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        enrolment_in(tmp_path)


def test_hours_are_a_whole_number_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert whole_number("GUOMEN_HOURS_OF_NOTHING", 72, most=720) == 72
    for bad in ("0", "721", "-1", "x", "1.5", "٣", ""):
        monkeypatch.setenv("GUOMEN_HOURS_OF_NOTHING", bad)
        with pytest.raises(ImproperlyConfigured, match="whole number from 1 to 720"):
            whole_number("GUOMEN_HOURS_OF_NOTHING", 72, most=720)
