"""The app's name in Django."""

from django.apps import AppConfig


class BorderConfig(AppConfig):
    """The border app."""

    name = "guomen.apps.border"
    default_auto_field = "django.db.models.BigAutoField"
