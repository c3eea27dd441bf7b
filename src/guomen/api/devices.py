"""Who is calling: a gate with its key, handed over as a bearer token."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from guomen.apps.accounts.queries import DeviceAtWork, KeyUnknown, device_behind


class DeviceKey(HttpBearer):
    """Gives the device behind `Authorization: Bearer <key>`; an unknown key is not let in."""

    def authenticate(self, request: HttpRequest, token: str) -> DeviceAtWork | None:
        """Find the device; None lets ninja answer 401."""
        try:
            return device_behind(key=token)
        except KeyUnknown:
            return None
