"""What the clearance process tells of itself: at a port node also how far it is from the centre."""

import json
from datetime import UTC, datetime

from django.conf import settings

from guomen import clock
from guomen.apps.border.outbox import ends, held, is_port_node


def told() -> bytes:
    """Give the answer of `/healthz`; at a node it asks the database."""
    if not is_port_node():
        return b'{"ok":true}'
    found, acts, now = held(), ends(), clock.now()
    return json.dumps(
        {
            "ok": True,
            "node": settings.GUOMEN_NODE,
            "last": acts.last,
            "acknowledged": found.acknowledged or 0,
            "waiting": max(0, acts.last - (found.acknowledged or 0)),
            "heard_at": _told(found.heard_at),
            "known_on": _told(found.known_on),
            "good_until": _told(found.good_until),
            "gates_open": found.is_good(now),
            "refused": found.refused,
        }
    ).encode()


def _told(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()
