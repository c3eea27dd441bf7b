"""What the register says about documents: the standing for a lane, never the person's data."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings

from guomen.apps.registry.models import Standing as StandingRow
from guomen.apps.registry.vault import Vault
from guomen.core.clearance import Standing
from guomen.core.travel_documents import DocumentKind, Identified, number_key

_PARAMETERS = 900
"""As many ids in one query as every SQLite takes."""


def vault() -> Vault:
    """Give the vault of this installation."""
    return _vault(settings.GUOMEN_REGISTRY_SECRET)


@lru_cache(maxsize=2)
def _vault(secret: bytes) -> Vault:
    # Deriving the keys costs more than a decision; they are the same for the same secret.
    return Vault(secret)


def index_of(*, kind: DocumentKind, document: Identified, keys: Vault) -> str:
    """Give the keyed index under which a presented document is found.

    A nationally issued one is found whatever issuer its zone prints (a card may print none).
    """
    issuer = "" if kind.national else document.issuer
    return keys.index(kind.code, issuer, number_key(kind, document.number))


def standings(*, indexes: Iterable[str]) -> dict[str, Standing]:
    """Give the standings of documents by index; unknown ones are left out."""
    wanted = list(dict.fromkeys(indexes))
    found: dict[str, Standing] = {}
    for start in range(0, len(wanted), _PARAMETERS):
        rows = StandingRow.objects.filter(number_index__in=wanted[start : start + _PARAMETERS])
        for index, status, alert, enrolled in rows.values_list(
            "number_index", "status", "alert", "enrolled"
        ):
            found[index] = Standing(status, alert, enrolled)
    return found
