"""The door of the clearance process for an ASGI server."""

import os
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from guomen.api.front.application import Front

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guomen.project.settings")


def _front() -> "Front":
    # Models can be imported once Django knows its apps, not before.
    django.setup()
    from guomen.api.front.application import Front

    return Front()


application = _front()
