"""Opening logins, assigning posts, enrolling and revoking devices, and noting who read what."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from guomen.apps.accounts.models import Device, Login, Post, ReadLine, Tenure
from guomen.apps.accounts.queries import KnownDevice, hash_of_key
from guomen.apps.ledger.acts import act, part_of_act
from guomen.apps.ledger.operations import append_office_act
from guomen.core.actor import Actor, Duty, Purpose
from guomen.core.events import EventKind
from guomen.core.refusal import Nature, Refusal


class NameTaken(Refusal):
    """A login, device or post of that name exists already, and is another."""

    code = "accounts.name_taken"
    nature = Nature.CONFLICT


SHORTEST_PASSWORD = 10
"""Fewer characters are refused (ASVS 5.0, 6.2.1 asks for eight, and more is better)."""


class PasswordTooShort(Refusal):
    """A password with too few characters, or none."""

    code = "accounts.password_too_short"
    nature = Nature.BAD_INPUT


class DeviceUnknown(Refusal):
    """No device of that name is in use."""

    code = "accounts.device_unknown"
    nature = Nature.NOT_FOUND


class PurposeMissing(Refusal):
    """A person's data are not opened without one of the purposes of the list."""

    code = "accounts.purpose_missing"
    nature = Nature.BAD_INPUT


@act
def assign_post(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    entry: UUID,
    login: UUID,
    name: str,
    shown_as: str,
    password: str,
    post: str,
    station: str,
    port: str,
    lane: str,
    duties: Iterable[Duty],
) -> None:
    """Open a login where there is none and give it a post with its duties from `day` on.

    Leaves `post.assigned`. Refuses a name that belongs to another login, and a post that exists
    with other duties or at another place.
    """
    actor.require(Duty.MANAGE_ACCOUNTS)
    holder = _login(login, name, shown_as, password)
    place = _post(post, station, port, lane, sorted(duty.value for duty in duties))
    Tenure.objects.get_or_create(login=holder, post=place, from_day=day)
    payload = {"post": post, "holder": str(holder.reference)}
    append_office_act(
        entry=entry, kind=EventKind.POST_ASSIGNED, actor=actor, at=at, payload=payload
    )


def _post(code: str, station: str, port: str, lane: str, duties: list[str]) -> Post:
    wanted = {"station": station, "port": port, "lane": lane, "duties": duties}
    place, is_new = Post.objects.get_or_create(code=code, defaults=wanted)
    if not is_new and any(getattr(place, name) != value for name, value in wanted.items()):
        raise NameTaken(name=code)
    return place


def _login(reference: UUID, name: str, shown_as: str, password: str) -> Login:
    found = Login.objects.filter(reference=reference).first()
    if found is not None:
        return found
    if Login.objects.filter(name=name).exists():
        raise NameTaken(name=name)
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD)
    holder = Login(reference=reference, name=name, shown_as=shown_as)
    holder.set_password(password)
    holder.save()
    return holder


@act
def enroll_device(
    *,
    actor: Actor,
    at: datetime,
    entry: UUID,
    reference: UUID,
    name: str,
    port: str,
    lane: str,
    lane_kind: str,
    key: str,
) -> None:
    """Enrol a gate with a key that is shown once and kept as a hash; leaves `device.enrolled`."""
    actor.require(Duty.MANAGE_ACCOUNTS)
    try:
        Device.objects.create(
            reference=reference,
            name=name,
            port=port,
            lane=lane,
            lane_kind=lane_kind,
            duties=[Duty.CLEAR_PASSAGE.value, Duty.INSPECT_CONVEYANCE.value],
            key_hash=hash_of_key(key),
        )
    except IntegrityError:
        raise NameTaken(name=name) from None
    payload = {"device": str(reference)}
    append_office_act(
        entry=entry, kind=EventKind.DEVICE_ENROLLED, actor=actor, at=at, payload=payload
    )


@act
def revoke_device(*, actor: Actor, at: datetime, entry: UUID, name: str) -> None:
    """Take a device's key out of use at once; leaves `device.revoked`."""
    actor.require(Duty.MANAGE_ACCOUNTS)
    row = Device.objects.filter(name=name, revoked_at__isnull=True).first()
    if row is None:
        raise DeviceUnknown(name=name)
    Device.objects.filter(pk=row.pk).update(revoked_at=at)
    payload = {"device": str(row.reference)}
    append_office_act(
        entry=entry, kind=EventKind.DEVICE_REVOKED, actor=actor, at=at, payload=payload
    )


@part_of_act
def note_read(*, actor: Actor, at: datetime, purpose: str, references: Iterable[str]) -> None:
    """Note who reads about whom and why, one line for each reference such as `alert:…`.

    Refuses what is no purpose of the list; the reading is then refused with it.
    """
    if purpose not in set(Purpose):
        raise PurposeMissing()
    ReadLine.objects.bulk_create(
        ReadLine(actor=actor.reference, reference=one, purpose=purpose, at=at)
        for one in dict.fromkeys(references)
    )


@part_of_act
def adopt_devices(*, port: str, devices: Iterable[KnownDevice], at: datetime) -> None:
    """Keep at a port node the devices that the centre has there; the others are out of use."""
    known = {one.reference: one for one in devices}
    gone = Device.objects.filter(revoked_at__isnull=True).exclude(reference__in=known)
    gone.update(revoked_at=at)
    for reference, one in known.items():
        columns = {
            "name": one.name,
            "port": port,
            "lane": one.lane,
            "lane_kind": one.lane_kind,
            "duties": list(one.duties),
            "key_hash": one.key_hash,
            "revoked_at": None,
        }
        same = Device.objects.filter(reference=reference, **columns)
        if not same.exists():
            Device.objects.update_or_create(reference=reference, defaults=columns)


def new_device_key() -> str:
    """Make a key with 256 random bits, to be shown once."""
    return secrets.token_urlsafe(32)
