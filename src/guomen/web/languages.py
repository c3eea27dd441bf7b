"""Finds the language of a page: in the portal's path, or what the holder of a login chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guomen.apps.policy.queries import NoRulebookPublished, jurisdiction
from guomen.language.tags import LANGUAGES, best_tag, speaking

IN_SESSION = "language"
DESK = "/desk/"

Answer = Callable[[HttpRequest], HttpResponse]


class TagConverter:
    """The language tag at the head of a portal path."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """Take the tag as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Write the tag as it stands."""
        return value


def language_of_path(get_response: Answer) -> Answer:
    """Answer each request in its own language, and say so in the headers."""

    def answer(request: HttpRequest) -> HttpResponse:
        if _is_for_machines(request.path_info):
            return get_response(request)  # speaks several languages at once, and asks no store
        tag = tag_of_request(request)
        with speaking(tag):
            response = get_response(request)
        response.headers.setdefault("Content-Language", tag)
        return response

    return answer


def _is_for_machines(path: str) -> bool:
    return path.startswith("/api/") and not path.endswith("/docs")


def tag_of_request(request: HttpRequest) -> str:
    """Give the tag for a request, whether or not its path names one."""
    if request.path_info.startswith(DESK):
        return _desk_tag(request)
    first = request.path_info.strip("/").partition("/")[0]
    return first if first in LANGUAGES else wished_tag(request)


def wished_tag(request: HttpRequest) -> str:
    """Give the language that the browser asks for, or the jurisdiction's own."""
    return best_tag(request.headers.get("Accept-Language", ""), _home_tag())


def _home_tag() -> str:
    try:
        return jurisdiction().languages[0]
    except NoRulebookPublished:
        return "en"


def _desk_tag(request: HttpRequest) -> str:
    wished = request.GET.get("lang")
    if wished and wished in LANGUAGES:
        request.session[IN_SESSION] = wished
        return wished
    kept = str(request.session.get(IN_SESSION, ""))
    return kept if kept in LANGUAGES else wished_tag(request)
