"""The app's name in Django."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The policy app."""

    name = "guomen.apps.policy"
    default_auto_field = "django.db.models.BigAutoField"
