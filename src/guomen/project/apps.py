"""The project as an app, so that Django finds its commands."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Holds the commands."""

    name = "guomen.project"
    label = "project"
