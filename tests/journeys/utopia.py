"""The specimen country as an installation: founded by commands, used through gate, desk and portal."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from guomen import clock
from guomen.apps.accounts.queries import login_named, officer
from guomen.apps.border.operations import InspectionRequest, inspect_conveyances
from guomen.apps.ledger import append_only
from guomen.apps.policy.queries import jurisdiction
from guomen.core.clearance import Direction
from guomen.jurisdiction import Jurisdiction
from tests.builders import Zone

PASSWORD = "a-long-enough-word"
OFFICERS = {
    "hythlodaeus": ("policy.propose_rulebook", "policy.publish_rulebook"),
    "giles": ("policy.publish_rulebook",),
    "morton": ("bulletins.compile_bulletin", "bulletins.release_bulletin"),
    "busleyden": ("bulletins.release_bulletin",),
    "registrar": ("registry.register_document",),
    "anemolius": ("border.clear_passage", "border.decide_referral", "border.inspect_conveyance"),
}
"""Names with their duties; the last stands at the harbour."""

CITIZEN = Zone("P<", expiry="301231").td3()
CHILD = Zone("I<", name="ERIKSSON<<NILS", number="D23145891", birth="130501", expiry="281231").td1()
VALLEY = Zone("C<", name="NEIGHBOUR<<NORA", number="VP0000001", nationality="QMA", expiry="281231")
CREW = Zone("AC", name="SAILOR<<SIMON", number="CW0000001", expiry="281231")
SERVICE = Zone("PO", name="ENVOY<<EVA", number="SV0000001", expiry="281231")


def visitor(nationality: str, birth: str, number: str) -> list[str]:
    """Compose the passport of somebody from abroad."""
    return Zone(
        "P<", nationality, "GUEST<<GABRIEL", number, nationality, birth, "M", "301231"
    ).td3()


OLD, YOUNG = visitor("XXA", "450101", "G00000001"), visitor("XXA", "900101", "G00000002")
NEARLY_OLD = visitor("XXB", "610101", "G00000003")
OF_THE_PACT = visitor("QME", "900101", "G00000004")


@dataclass
class Utopia:
    """One installation of Utopia; the clock stands where it was set."""

    patched: pytest.MonkeyPatch
    client: Client = field(default_factory=Client)
    keys: dict[str, str] = field(default_factory=dict)

    def at(self, day: str, time: str = "10:00") -> None:
        """Set the clock that the doorways read."""
        instant = datetime.fromisoformat(f"{day}T{time}:00+00:00")

        def today(zone: ZoneInfo) -> date:
            return instant.astimezone(zone).date()

        self.patched.setattr(clock, "now", lambda: instant)
        self.patched.setattr(clock, "today", today)

    def command(self, *arguments: str, typed: str = "") -> Any:
        """Run `./guomen … --json` and read its object."""
        told = io.StringIO()
        self.patched.setattr("sys.stdin", io.StringIO(typed))
        call_command(*arguments, "--json", stdout=told)
        return json.loads(told.getvalue())

    @property
    def pack(self) -> Jurisdiction:
        """Give the published jurisdiction."""
        return jurisdiction()

    def found(self) -> None:
        """Begin with empty tables; publish the rulebook by two officers; set gates up."""
        append_only.lift(connection)
        call_command("flush", interactive=False, verbosity=0)
        append_only.install(connection)
        for name, duties in OFFICERS.items():
            place = ["--port", "HARBOUR"] if name == "anemolius" else []
            asked = [part for duty in duties for part in ("--duty", duty)]
            post = ("--post", f"post-{name}", *place, *asked)
            self.command("createduty", name, *post, typed=f"{PASSWORD}\n")
        self.command("policy", "publish", "--proposer", "hythlodaeus", "--publisher", "giles")
        for name, port, kind in (("quay", "HARBOUR", "GATE"), ("bridge", "RIVER_BRIDGE", "VALLEY")):
            where = ("--port", port, "--lane", "1", "--lane-kind", kind)
            self.keys[name] = self.command("device", "enroll", name, *where)["key"]

    def register(self, *zones: Sequence[str]) -> list[str]:
        """Enter documents in the register; give their kinds."""
        asked = ("document", "register", "--issued-on", "2021-12-01", "--officer", "registrar")
        return [self.command(*asked, typed="\n".join(zone))["kind"] for zone in zones]

    def gate(self, name: str, mrz: Sequence[str], nonce: str) -> Any:
        """Present a zone at a gate, as the device does."""
        answer = self.client.post(
            "/api/v1/border/passages",
            json.dumps({"mrz": list(mrz), "direction": "entry", "holder_verified": True}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.keys[name]}", "Idempotency-Key": nonce},
        )
        assert answer.status_code == 201, answer.content
        return json.loads(answer.content)

    def stand_at_the_lane(self) -> None:
        """Sign the officer of the harbour in and choose the staffed lane."""
        sent = {"name": "anemolius", "password": PASSWORD}
        assert self.client.post("/desk/login/", sent).status_code == 302
        place = {"lane_kind": "STAFFED", "direction": "entry", "lane": "1"}
        assert self.client.post("/desk/lane/place/", place)["Location"] == "/desk/lane/"

    def look(self, mrz: Sequence[str]) -> str:
        """Scan at the desk; nothing is written."""
        return self.client.post("/desk/lane/check/?lang=en", {"mrz": "\n".join(mrz)}).text

    def press(self, mrz: Sequence[str], nonce: str) -> str:
        """Press the pass key, and see what became of it."""
        sent = {"mrz": "\n".join(mrz), "act": "pass", "nonce": nonce}
        assert self.client.post("/desk/lane/passages/", sent).status_code == 302
        return self.page("/desk/lane/")

    def decide(self, page: str, outcome: str, legal_basis: str = "") -> str:
        """Decide the referral that a page links to; give its address."""
        found = re.search(r'"(/desk/referrals/[0-9a-f-]{36}/)"', page)
        assert found is not None
        sent = {"outcome": outcome, "legal_basis": legal_basis}
        assert self.client.post(found[1], sent).status_code == 302
        return found[1]

    def inspect(self, mark: str) -> int:
        """Inspect a ship at the harbour."""
        login, now = login_named(name="anemolius"), clock.now()
        assert login is not None
        return inspect_conveyances(
            actor=officer(login=login, on=now.date()),
            at=now,
            port="HARBOUR",
            requests=[
                InspectionRequest(
                    inspection=clock.new_id(),
                    entry=clock.new_id(),
                    nonce=mark,
                    kind="ship",
                    registration=mark,
                    direction=Direction.ENTRY,
                    occurred_at=now - timedelta(minutes=1),
                )
            ],
            jurisdiction=self.pack,
        )

    def page(self, address: str) -> str:
        """Open a page that must be there."""
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        assert "UNKNOWN-NAME" not in answer.text, address
        return str(answer.text)
