"""Measures as files to use again: one or all, as JSON and YAML, with licence, source and digest."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from guomen.apps.policy.queries import (
    NoRulebookPublished,
    jurisdiction,
    jurisdiction_of,
    published_digest,
)
from guomen.core.canonical import Json
from guomen.jurisdiction import Jurisdiction
from guomen.jurisdiction.publishing import (
    measure_json,
    measure_yaml,
    rulebook_json,
    rulebook_yaml,
)
from guomen.web.components.refused import page

KINDS: Mapping[str, str] = {"json": "application/json", "yaml": "application/yaml"}
"""The endings of the files and their content types (RFC 8259, RFC 9512)."""


class KindConverter:
    """The ending of a file."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        """Take the ending as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Write the ending as it stands."""
        return value


@require_safe
@page
def measure_file(request: HttpRequest, tag: str, measure_id: str, kind: str) -> HttpResponse:
    """Give one measure with its cases and the tables that it reads."""
    pack = jurisdiction()
    found = pack.rulebook.measure(measure_id)
    if found is None:
        raise Http404("no such measure")
    text = measure_yaml(found, pack) if kind == "yaml" else _spelt(measure_json(found, pack))
    return _file(request, text.encode(), f"{measure_id}.{kind}", kind)


@require_safe
@page
def measures_file(request: HttpRequest, tag: str, kind: str) -> HttpResponse:
    """Give the whole rulebook as it is published now."""
    newest = published_digest()
    if newest is None:
        raise NoRulebookPublished()
    return _file(request, _whole(newest, kind), f"measures.{kind}", kind)


@lru_cache(maxsize=4)
def _whole(pack_digest: str, kind: str) -> bytes:
    # Half a second of writing; a digest names one content for ever.
    pack = jurisdiction_of(pack_digest=pack_digest)
    if pack is None:
        raise NoRulebookPublished()
    return _WRITERS[kind](pack).encode()


def _spelt(content: Mapping[str, Json]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


_WRITERS: Mapping[str, Callable[[Jurisdiction], str]] = {
    "json": lambda pack: _spelt(rulebook_json(pack)),
    "yaml": rulebook_yaml,
}


def _file(request: HttpRequest, body: bytes, name: str, kind: str) -> HttpResponse:
    """Answer with a file; one that the reader has already is not sent again."""
    etag = f'"{sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type=f"{KINDS[kind]}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response
