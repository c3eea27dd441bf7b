"""A contract of our own for import-linter: an app's private rooms are its own."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateRooms(Contract):
    """Breaks when a module outside `apps.<app>` imports one of its private rooms."""

    apps = fields.StringField()
    rooms = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import of every private room."""
        breaches = [
            (importer, inside)
            for app in sorted(graph.find_children(self.apps))
            for room in sorted(self.rooms)
            for inside in self._inside(graph, f"{app}.{room}")
            for importer in sorted(graph.find_modules_that_directly_import(inside))
            if importer != app and not importer.startswith(app + ".")
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def _inside(self, graph: ImportGraph, door: str) -> set[str]:
        return {door} | graph.find_descendants(door) if door in graph.modules else set()

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Tell each breach on a line."""
        for importer, imported in check.metadata["breaches"]:
            output.print_error(f"- {importer} imports {imported}", bold=False)
