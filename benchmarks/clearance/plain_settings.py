"""The product's settings with the plain view's routes: the same database, apps and libraries."""

from guomen.project.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.clearance.plain"
MIDDLEWARE: list[str] = []
