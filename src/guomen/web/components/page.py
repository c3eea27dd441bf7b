"""The frame of every page: language links, the banner of a demonstration, hotline, who is in."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, QueryDict

from guomen import clock
from guomen.apps.ledger.queries import simulation
from guomen.apps.policy.queries import NoRulebookPublished, jurisdiction
from guomen.core.actor import Actor
from guomen.language.tags import LANGUAGES, Language, active, text_in
from guomen.language.values import isolated, say_zone
from guomen.web.access import officer_of
from guomen.web.languages import DESK


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A way to the same page in another language."""

    language: Language
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of a page."""

    language: Language
    links: tuple[LanguageLink, ...]
    scale: str
    hotline: str
    hotline_hours: str
    zone: str
    at_desk: bool
    officer: Actor | None

    @property
    def tag(self) -> str:
        """The reader's tag."""
        return self.language.tag


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Give the frame to the templates, as `frame`."""
    here = active()
    hotline, hours, zone = _office(here.tag)
    frame = Frame(
        language=here,
        links=tuple(_link(request, one, here) for one in LANGUAGES.values()),
        scale=shown_scale(here.tag),
        hotline=hotline,
        hotline_hours=hours,
        zone=zone,
        at_desk=request.path_info.startswith(DESK),
        officer=officer_of(request),
    )
    return {"frame": frame, "tag": here.tag}


def shown_scale(tag: str) -> str:
    """Say the scale of synthetic data as "1:1000"; nothing when the data are real."""
    declared = simulation()
    if declared is None:
        return ""
    return isolated(ratio_or_share(declared.scale), tag)


def ratio_or_share(scale: str) -> str:
    """Say "0.001" as "1:1000"; a scale that is no one-to-so-many stays as it was declared."""
    share = Fraction(scale)
    return f"1:{share.denominator}" if share.numerator == 1 else scale


def _office(tag: str) -> tuple[str, str, str]:
    """Give hotline, its hours and time zone; nothing as long as no rulebook is published."""
    try:
        pack = jurisdiction()
    except NoRulebookPublished:
        return "", "", ""
    hours, _ = text_in(pack.hotline_hours, tag)
    return pack.hotline, hours, say_zone(pack.zone, clock.now(), tag)


def _link(request: HttpRequest, language: Language, here: Language) -> LanguageLink:
    return LanguageLink(language, _address(request, language.tag), language == here)


def _address(request: HttpRequest, tag: str) -> str:
    first, _, rest = request.path_info.lstrip("/").partition("/")
    if first in LANGUAGES:
        return _with_query(f"/{tag}/{rest}", request.GET)
    if not request.path_info.startswith(DESK):
        return f"/{tag}/"
    query = request.GET.copy()
    query["lang"] = tag
    return _with_query(request.path_info, query)


def _with_query(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path
