"""The demo: an installation with a published rulebook, officers, a gate, two half-years and a bulletin."""

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from guomen import clock
from guomen.apps.accounts.operations import assign_post, enroll_device, new_device_key
from guomen.apps.accounts.queries import login_named
from guomen.apps.bulletins.operations import compile_bulletin, release_bulletin, tally_sealed
from guomen.apps.bulletins.queries import released
from guomen.apps.ledger.heads import export_heads
from guomen.apps.ledger.operations import seal_everything
from guomen.apps.ledger.queries import simulation as declared
from guomen.apps.policy.operations import propose_rulebook, publish_rulebook
from guomen.apps.policy.queries import NoRulebookPublished
from guomen.apps.policy.queries import jurisdiction as published_jurisdiction
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.refusal import Nature, Refusal
from guomen.jurisdiction import Jurisdiction, read_files
from simulation.alerts import set_alerts
from simulation.calibration import HALF_YEARS
from simulation.nation import Nation
from simulation.specimens import register_specimens

OFFICERS: Sequence[tuple[str, str, str, tuple[Duty, ...]]] = (
    ("lane", "Lane officer / 边检通道民警", "HENGQIN", (Duty.CLEAR_PASSAGE, Duty.DECIDE_REFERRAL)),
    ("registrar", "Registrar / 证件登记民警", "", (Duty.REGISTER_DOCUMENT,)),
    ("alerts1", "Alert officer / 警示民警一", "", (Duty.PROPOSE_ALERT,)),
    ("alerts2", "Alert officer / 警示民警二", "", (Duty.CONFIRM_ALERT,)),
    ("policy1", "Policy officer / 政策处民警一", "", (Duty.PROPOSE_RULEBOOK,)),
    ("policy2", "Policy officer / 政策处民警二", "", (Duty.PUBLISH_RULEBOOK,)),
    ("press1", "Press officer / 新闻处民警一", "", (Duty.COMPILE_BULLETIN,)),
    ("press2", "Press officer / 新闻处民警二", "", (Duty.RELEASE_BULLETIN,)),
)
GATE = ("hengqin-gate-01", "HENGQIN", "ECHANNEL-1", "ECHANNEL")
PERIOD = "2023H1"


class OtherDemoThere(Refusal):
    """The data folder holds a demo of another scale or seed."""

    code = "simulation.other_demo_there"
    nature = Nature.CONFLICT


def run_demo(options: argparse.Namespace, data: Path) -> int:
    """Set up what is missing, simulate what is missing, print the bulletin, and serve."""
    began = time.monotonic()
    try:
        pack = set_up(options, data)
    except OtherDemoThere as refusal:
        sys.stderr.write(
            f"demo: {data} holds a demo with scale {refusal.facts['scale']} and seed "
            f"{refusal.facts['seed']}. Choose another --data, or remove the folder.\n"
        )
        return 2
    _tell(f"ready after {time.monotonic() - began:.0f} s; data in {data}")
    _print_bulletin()
    if options.once:
        return 0
    _print_doors(options, data, pack)
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    """Run the worker beside the server; when the server ends, so does the worker."""
    program = [sys.executable, "-m", "guomen.project"]
    doors = ["--host", options.host, "--port", str(options.port)]
    # Groups of their own: Ctrl-C reaches this process alone, and it ends them in order.
    worker = subprocess.Popen([*program, "worker"], start_new_session=True)  # noqa: S603 - our own commands
    server = subprocess.Popen([*program, "serve", *doors], start_new_session=True)  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (server, worker):
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to end, and end it after some seconds if it does not."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def set_up(options: argparse.Namespace, data: Path) -> Jurisdiction:
    """Bring the installation to the state of a finished demo; what is there is kept."""
    call_command("migrate", verbosity=0)
    _refuse_other(options)
    pack = _rulebook(data)
    officer = login_named(name="lane")
    nation = Nation(pack, options.scale, options.seed, str(officer))
    if not (data / "demo.json").exists():
        register_specimens(pack)
        nation.run(_progress, clock.now())
        first = _actor("alerts1", Duty.PROPOSE_ALERT)
        set_alerts(pack, first, _actor("alerts2", Duty.CONFIRM_ALERT))
        _publish_figures(pack)
        (data / "demo.json").write_text(
            json.dumps({"scale": options.scale, "seed": options.seed}), encoding="utf-8"
        )
    return pack


def _refuse_other(options: argparse.Namespace) -> None:
    there = declared()
    if there is not None and (there.scale, there.seed) != (options.scale, options.seed):
        raise OtherDemoThere(scale=there.scale, seed=there.seed)


def _actor(name: str, *duties: Duty) -> Actor:
    return Actor(ActorKind.OFFICER, str(login_named(name=name)), frozenset(duties))


def _rulebook(data: Path) -> Jurisdiction:
    """Publish the pack on disk if none is published; logins come first, because officers publish."""
    try:
        return published_jurisdiction()
    except NoRulebookPublished:
        _accounts(data)
    folder = settings.GUOMEN_JURISDICTION
    _tell(f"publishing the rulebook of {folder.name}")
    digest = propose_rulebook(
        actor=_actor("policy1", Duty.PROPOSE_RULEBOOK),
        at=clock.now(),
        entry=clock.new_entry(),
        name=folder.name,
        files=read_files(folder),
    )
    publish_rulebook(
        actor=_actor("policy2", Duty.PUBLISH_RULEBOOK),
        at=clock.now(),
        entry=clock.new_entry(),
        pack_digest=digest,
    )
    return published_jurisdiction()


def _accounts(data: Path) -> None:
    operator = Actor(ActorKind.SYSTEM, "operator", frozenset({Duty.MANAGE_ACCOUNTS}))
    lines = ["Logins of this demo (all synthetic):"]
    for name, shown_as, port, duties in OFFICERS:
        if login_named(name=name) is not None:
            continue
        password = secrets.token_urlsafe(9)
        assign_post(
            actor=operator,
            at=clock.now(),
            day=date(2022, 1, 1),
            entry=clock.new_entry(),
            login=clock.new_id(),
            name=name,
            shown_as=shown_as,
            password=password,
            post=f"demo-{name}",
            station="ZH",
            port=port,
            lane="",
            duties=duties,
        )
        lines.append(f"  {name:8} {password}")
    lines.append(f"Key of gate {GATE[0]}: {_gate(operator)}")
    _keep_private(data / "logins.txt", "\n".join(lines) + "\n")


def _gate(operator: Actor) -> str:
    key = new_device_key()
    name, port, lane, lane_kind = GATE
    enroll_device(
        actor=operator,
        at=clock.now(),
        entry=clock.new_entry(),
        reference=clock.new_id(),
        name=name,
        port=port,
        lane=lane,
        lane_kind=lane_kind,
        key=key,
    )
    return key


def _keep_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _publish_figures(pack: Jurisdiction) -> None:
    """Seal, tally, compile and release, as the worker and the press desk do."""
    _tell("sealing")
    seal_everything(node=settings.GUOMEN_NODE, private_key=settings.GUOMEN_SEAL_KEY, at=clock.now())
    export_heads(node=settings.GUOMEN_NODE, folder=settings.GUOMEN_HEADS)
    _tell("tallying")
    tally_sealed(node=settings.GUOMEN_NODE)
    if released(period=PERIOD):
        return
    _tell("compiling and releasing the bulletin")
    at, bulletin = clock.now(), clock.new_id()
    compile_bulletin(
        actor=_actor("press1", Duty.COMPILE_BULLETIN),
        at=at,
        day=clock.today(pack.zone),
        entry=clock.new_entry(),
        bulletin=bulletin,
        template=pack.bulletins["half-year"],
        period=PERIOD,
        jurisdiction=pack,
    )
    release_bulletin(
        actor=_actor("press2", Duty.RELEASE_BULLETIN),
        at=clock.now(),
        day=clock.today(pack.zone),
        entry=clock.new_entry(),
        bulletin=bulletin,
    )


def _print_bulletin() -> None:
    told = declared()
    scale = told.scale if told else "1"
    bulletin = released(period=PERIOD)[0]
    for text in bulletin.texts.values():
        sys.stdout.write(text + "\n\n")
    sys.stdout.write(
        f"合成数据，规模为全国的 {scale}。 Synthetic records at {scale} of the nation.\n"
    )
    sys.stdout.flush()


def _print_doors(options: argparse.Namespace, data: Path, pack: Jurisdiction) -> None:
    home = f"http://{options.host}:{options.port}"
    _tell(f"portal      {home}/zh-Hans/   {home}/en/   {home}/ar/")
    _tell(f"desks       {home}/desk/      logins and the gate's key: {data / 'logins.txt'}")
    _tell(f"API         {home}/api/v1/docs")
    _tell(f"{len(pack.rulebook.announced)} measures in the rulebook; stop with Ctrl-C")


def _progress(what: str, done: int, whole: int) -> None:
    halves = [half.code for half in HALF_YEARS]
    label = f"half-year {what}" if what in halves else what
    _tell(f"simulating {label}: {100 * done // whole} %")


def _tell(line: str) -> None:
    sys.stderr.write(f"demo: {line}\n")
    sys.stderr.flush()
