"""`reference`: writes docs/reference from the code and the pack."""

from typing import Any

from django.conf import settings

from guomen.jurisdiction import load_jurisdiction
from guomen.project.commands import GuomenCommand
from guomen.project.reference import write_pages


class Command(GuomenCommand):
    """Writes the generated pages of the documentation."""

    help = "Write docs/reference."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        pack = load_jurisdiction(settings.GUOMEN_JURISDICTION)
        names = write_pages(pack, settings.ROOT / "docs" / "reference")
        self.tell({"pages": names}, names, options["json"])
