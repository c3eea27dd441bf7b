"""Founds a centre for the benchmark: Utopia's rulebook, a gate at its harbour, a node, a register."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
PORT, NODE, KEY = "HARBOUR", "harbour", "key-of-the-harbour-gate"
CITIZEN = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3012316<<<<<<<<<<<<<<<6",
]
UTOPIA = ROOT / "jurisdictions" / "utopia"


def found(node_folder: Path) -> None:
    """Make tables, publish the pack, enrol gate and node, and register the traveller."""
    from django.core.management import call_command

    from guomen import clock
    from guomen.apps.accounts.operations import enroll_device
    from guomen.project.commands import operator

    call_command("migrate", verbosity=0)
    _publish()
    enroll_device(
        actor=operator(),
        at=clock.now(),
        entry=clock.new_entry(),
        reference=clock.new_id(),
        name="harbour-gate",
        port=PORT,
        lane="GATE-1",
        lane_kind="GATE",
        key=KEY,
    )
    _register()
    call_command("node", "enroll", "--name", NODE, "--port", PORT, "--folder", str(node_folder))


def _publish() -> None:
    from guomen import clock
    from guomen.apps.policy.operations import propose_rulebook, publish_rulebook
    from guomen.core.actor import Actor, ActorKind, Duty
    from guomen.jurisdiction import read_files

    first = Actor(ActorKind.OFFICER, "first", frozenset({Duty.PROPOSE_RULEBOOK}))
    second = Actor(ActorKind.OFFICER, "second", frozenset({Duty.PUBLISH_RULEBOOK}))
    at = clock.now() - timedelta(days=30)
    digest = propose_rulebook(
        actor=first, at=at, entry=clock.new_entry(), name="utopia", files=read_files(UTOPIA)
    )
    publish_rulebook(actor=second, at=at, entry=clock.new_entry(), pack_digest=digest)


def _register() -> None:
    from guomen import clock
    from guomen.apps.policy.queries import jurisdiction
    from guomen.apps.registry.operations import Registration, register_documents
    from guomen.core.actor import Actor, ActorKind, Duty
    from guomen.core.travel_documents import identified, identify_kind, read_mrz

    pack, now = jurisdiction(), clock.now()
    mrz = read_mrz(CITIZEN, now.date())
    kind = identify_kind(mrz, pack.documents.values(), pack.national_issuers)
    one = Registration(
        entry=clock.new_entry(),
        person=clock.new_id(),
        document_id=clock.new_id(),
        kind=kind,
        document=identified(mrz, kind),
        holder_name="ERIKSSON ANNA MARIA",
        issued_on=date(2021, 1, 1),
    )
    registrar = Actor(ActorKind.OFFICER, "registrar", frozenset({Duty.REGISTER_DOCUMENT}))
    register_documents(actor=registrar, at=now, day=now.date(), registrations=[one])


def backlog(acts: int) -> None:
    """At the node: clear so many passages, spread over the last 72 hours, as if cut off since."""
    from guomen import clock
    from guomen.apps.accounts.queries import device_behind
    from guomen.apps.border.operations import PassageRequest, Presentation, clear_passages
    from guomen.apps.policy.queries import jurisdiction
    from guomen.core.clearance import Direction, Place, Presented
    from guomen.core.travel_documents import identified, identify_kind, read_mrz

    pack, device, now = jurisdiction(), device_behind(key=KEY), clock.now()
    mrz = read_mrz(CITIZEN, now.date())
    kind = identify_kind(mrz, pack.documents.values(), pack.national_issuers)
    shown = Presented(identified(mrz, kind), mrz.checks, Direction.ENTRY, None, True)
    lane = pack.lanes[device.lane_kind]
    place = Place(device.port, pack.ports[device.port].group, "GATE-1", lane.code, lane.opened_by)
    step = timedelta(hours=72) / acts

    def presentation(number: int) -> Presentation:
        ids = (clock.new_id(), clock.new_entry(), clock.new_id())
        at = now - step * (acts - number)
        return Presentation(
            device.actor, place, PassageRequest(*ids, f"backlog-{number}", shown, at), pack
        )

    for start in range(0, acts, 500):
        batch = [presentation(number) for number in range(start, min(acts, start + 500))]
        clear_passages(at=clock.now(), presentations=batch)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "backlog":
        backlog(int(sys.argv[2]))
    else:
        found(Path(sys.argv[2]))
    sys.stdout.write(json.dumps({"done": sys.argv[1]}) + "\n")
