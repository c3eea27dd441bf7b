"""Which key a lane finds numbers with: the registry's own, or the one that a port node was given."""

from functools import lru_cache

from django.conf import settings

from guomen.apps.registry.queries import vault
from guomen.apps.registry.vault import NumberIndex


def number_index() -> NumberIndex:
    """Give what finds numbers: all that a lane needs, here and at a port node."""
    key = settings.GUOMEN_INDEX_KEY
    return vault() if key is None else _given(key)


@lru_cache(maxsize=2)
def _given(key: bytes) -> NumberIndex:
    return NumberIndex(key)
