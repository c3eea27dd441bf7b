"""The app's name in Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger."""

    name = "guomen.apps.ledger"
    default_auto_field = "django.db.models.BigAutoField"
