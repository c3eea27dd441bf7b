"""The app's name in Django."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry app."""

    name = "guomen.apps.registry"
    default_auto_field = "django.db.models.BigAutoField"
