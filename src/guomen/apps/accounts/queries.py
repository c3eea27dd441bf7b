"""Who is behind a login or a device key, and what they may do today."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from guomen.apps.accounts.models import Device, Login, ReadLine, Tenure
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.canonical import Json
from guomen.core.refusal import Nature, Refusal


class KeyUnknown(Refusal):
    """No device in use has this key: it was never given out, or it is revoked."""

    code = "accounts.key_unknown"
    nature = Nature.NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Posting:
    """One post that somebody holds."""

    post: str
    port: str
    lane: str
    duties: frozenset[Duty]


@dataclass(frozen=True, slots=True)
class DeviceAtWork:
    """A device as an actor, with the lane it stands in."""

    actor: Actor
    name: str
    port: str
    lane: str
    lane_kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the log of reads."""

    actor: str
    reference: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device as a port node is told of it: with the hash of its key, never the key."""

    reference: UUID
    name: str
    lane: str
    lane_kind: str
    duties: tuple[str, ...]
    key_hash: str

    def told(self) -> list[Json]:
        """Spell it for the wire."""
        duties: list[Json] = list(self.duties)
        return [str(self.reference), self.name, self.lane, self.lane_kind, duties, self.key_hash]


def hash_of_key(key: str) -> str:
    """Give the hash under which a device's key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def device_behind(*, key: str) -> DeviceAtWork:
    """Give the device that a key belongs to, or refuse with `accounts.key_unknown`."""
    row = Device.objects.filter(key_hash=hash_of_key(key), revoked_at__isnull=True).first()
    if row is None:
        raise KeyUnknown()
    duties = frozenset(Duty(duty) for duty in row.duties)
    actor = Actor(ActorKind.DEVICE, str(row.reference), duties, row.port, row.lane)
    return DeviceAtWork(actor, row.name, row.port, row.lane, row.lane_kind)


def postings(*, login: UUID, on: date) -> tuple[Posting, ...]:
    """Give the posts a login holds on a day."""
    holds = Q(from_day__lte=on) & (Q(until_day__isnull=True) | Q(until_day__gt=on))
    rows = Tenure.objects.filter(holds, login__reference=login).select_related("post")
    return tuple(
        Posting(
            row.post.code,
            row.post.port,
            row.post.lane,
            frozenset(Duty(duty) for duty in row.post.duties),
        )
        for row in rows.order_by("post__code")
    )


def officer(*, login: UUID, on: date) -> Actor:
    """Give the actor behind a login, with the duties of the posts held on the day.

    Who holds posts at several ports acts at the first of them: a duty given for one port is
    never carried to another.
    """
    everywhere = postings(login=login, on=on)
    at_port = next((one.port for one in everywhere if one.port), "")
    held = [one for one in everywhere if one.port in ("", at_port)]
    duties = frozenset[Duty]().union(*(one.duties for one in held))
    port = at_port or None
    lane = next((one.lane for one in held if one.lane), None)
    return Actor(ActorKind.OFFICER, str(login), duties, port, lane)


def login_named(*, name: str) -> UUID | None:
    """Find the reference of a login by its name."""
    return Login.objects.filter(name=name).values_list("reference", flat=True).first()


def readings(*, reference: str) -> tuple[Reading, ...]:
    """Give who read about one reference, such as `alert:…` or `person:…`, oldest first."""
    rows = ReadLine.objects.filter(reference=reference).order_by("at", "id")
    return tuple(Reading(row.actor, row.reference, row.purpose, row.at) for row in rows)


def devices_at(*, port: str) -> tuple[KnownDevice, ...]:
    """List the devices in use at a port."""
    rows = Device.objects.filter(port=port, revoked_at__isnull=True).order_by("name")
    return tuple(
        KnownDevice(
            row.reference, row.name, row.lane, row.lane_kind, tuple(row.duties), row.key_hash
        )
        for row in rows
    )


def ports_of_devices(*, references: Collection[str]) -> dict[str, str]:
    """Give the ports of devices by reference, of those in use and of those that once were."""
    rows = Device.objects.filter(reference__in=references)
    return {str(row.reference): row.port for row in rows}
