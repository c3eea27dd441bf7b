"""Refusals as `application/problem+json` (RFC 9457), with the sentence in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse

from guomen.core.canonical import Json
from guomen.core.refusal import Nature, Refusal
from guomen.language.sentences import say_refusal


class StoreAway(Refusal):
    """The database does not answer; the gate refers the traveller to a person."""

    code = "store.away"


class RequestUnreadable(Refusal):
    """The request's body or headers do not fit the schema."""

    code = "request.unreadable"
    nature = Nature.BAD_INPUT


_STATUS = {
    Nature.BAD_INPUT: 422,
    Nature.NOT_ALLOWED: 403,
    Nature.NOT_FOUND: 404,
    Nature.CONFLICT: 409,
}

LANGUAGES = ("zh-Hans", "en")
"""The languages in which every answer carries its sentences."""


def problem(
    code: str, status: int, detail: Mapping[str, str], extra: Mapping[str, Json]
) -> JsonResponse:
    """Make a problem document; `detail` by language, the first one also as RFC 9457's detail."""
    body = {
        "type": f"/problems/{code}",
        "title": code,
        "status": status,
        "code": code,
        "detail": detail["en"],
        "text": dict(detail),
        **extra,
    }
    return JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def refused(_request: HttpRequest | None, refusal: Refusal) -> JsonResponse:
    """Answer a refusal with its code and facts."""
    said = {tag: say_refusal(refusal.code, refusal.facts, tag) for tag in LANGUAGES}
    return problem(refusal.code, _STATUS[refusal.nature], said, {"facts": refusal.facts})


def unreadable(errors: Sequence[Mapping[str, Any]]) -> JsonResponse:
    """Tell every field of a request that does not fit, with its place."""
    places = [
        {"field": ".".join(str(part) for part in one["loc"]), "why": str(one["msg"])}
        for one in errors
    ]
    code, facts = RequestUnreadable.code, places[0]
    said = {tag: say_refusal(code, facts, tag) for tag in LANGUAGES}
    return problem(code, 422, said, {"facts": facts, "fields": places})


def nowhere(path: str) -> JsonResponse:
    """Answer a path that this process does not serve."""
    facts = {"field": "path", "why": f"nothing is served at {path}"}
    said = {tag: say_refusal(RequestUnreadable.code, facts, tag) for tag in LANGUAGES}
    return problem(RequestUnreadable.code, 404, said, {"facts": facts})


def key_missing() -> JsonResponse:
    """Answer a request without a device key that is in use."""
    code = "accounts.key_unknown"
    said = {tag: say_refusal(code, {}, tag) for tag in LANGUAGES}
    return problem(code, 401, said, {"facts": {}})


def store_away(_request: HttpRequest | None, _error: Exception) -> JsonResponse:
    """Answer when the database is away: the safe outcome of a gate is a person."""
    code = StoreAway.code
    said = {tag: say_refusal(code, {}, tag) for tag in LANGUAGES}
    return problem(code, 503, said, {"facts": {}, "outcome": "refer"})
