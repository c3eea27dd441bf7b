"""The app's name in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "guomen.apps.accounts"
    default_auto_field = "django.db.models.BigAutoField"
