"""The front door of the portal: what one can find out here, and the newest bulletin."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guomen import clock
from guomen.apps.bulletins import queries as bulletins
from guomen.apps.policy.queries import jurisdiction
from guomen.core.entitlement import Service
from guomen.core.numerals import Growth
from guomen.jurisdiction import FigureDefinition, Jurisdiction
from guomen.web.components.refused import page
from guomen.web.languages import wished_tag

_TILES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the newest bulletin, with its growth."""

    definition: FigureDefinition
    period: str
    value: int
    growth: Growth

    @property
    def falling(self) -> bool:
        """Tell whether there are fewer than a year before."""
        return self.growth.now < self.growth.base


@dataclass(frozen=True, slots=True)
class Audience:
    """The services for one group of persons; `names` None: they are for everybody."""

    names: Mapping[str, str] | None
    services: tuple[Service, ...]


def root(request: HttpRequest) -> HttpResponse:
    """Lead to the portal in the language that the browser asks for."""
    return redirect("portal.home", tag=wished_tag(request))


@page
def home(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the services, the newest figures, and how many measures are in force."""
    pack = jurisdiction()
    today = clock.today(pack.zone)
    newest = next(iter(bulletins.released()), None)
    in_force = [one for one in pack.rulebook.announced if one.clause_on(today)]
    content = {
        "audiences": _audiences(pack),
        "bulletin": newest,
        "tiles": _tiles(pack, newest) if newest else (),
        "measures_in_force": len(in_force),
        "today": today,
        "hotline": pack.hotline,
    }
    return render(request, "portal/home.html", content)


def _audiences(pack: Jurisdiction) -> list[Audience]:
    """Gather the services by whom they are for, in the order of the groups; for all comes last."""
    several = pack.services.values()
    found = [
        Audience(names, tuple(one for one in several if one.group == group))
        for group, names in pack.groups.items()
    ]
    found.append(Audience(None, tuple(one for one in several if one.group is None)))
    return [audience for audience in found if audience.services]


def _tiles(pack: Jurisdiction, newest: bulletins.BulletinFile) -> list[Tile]:
    # A figure whose definition has gone is still in the bulletin, but no page explains it.
    known = [one for one in newest.figures if one.figure in pack.figures]
    return [_tile(pack.figures[one.figure], one) for one in known[:_TILES]]


def _tile(definition: FigureDefinition, one: bulletins.CountedFigure) -> Tile:
    found = bulletins.year_on_year(definition=definition, period=one.period)
    return Tile(definition, one.period, one.value, found)
