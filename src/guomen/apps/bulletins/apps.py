"""The app's name in Django."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """The bulletins app."""

    name = "guomen.apps.bulletins"
    default_auto_field = "django.db.models.BigAutoField"
