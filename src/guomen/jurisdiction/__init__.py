"""Reads a jurisdiction's pack (YAML) into the core's records, or says where and how to mend it."""

from guomen.jurisdiction.bulletins import BulletinTemplate
from guomen.jurisdiction.figures import FigureDefinition, Selection
from guomen.jurisdiction.nodes import Fault, PackRefused
from guomen.jurisdiction.organisation import LaneKind, Port, Station
from guomen.jurisdiction.pack import (
    Jurisdiction,
    load_draft,
    load_files,
    load_jurisdiction,
    read_files,
)

__all__ = [
    "BulletinTemplate",
    "Fault",
    "FigureDefinition",
    "Jurisdiction",
    "LaneKind",
    "PackRefused",
    "Port",
    "Selection",
    "Station",
    "load_draft",
    "load_files",
    "load_jurisdiction",
    "read_files",
]
