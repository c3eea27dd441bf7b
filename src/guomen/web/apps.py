"""The pages as an app, so that Django finds their templates and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds pages only; it has no tables."""

    name = "guomen.web"
    label = "web"
