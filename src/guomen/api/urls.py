"""The API's door: version 1, its endpoints, its OpenAPI description and the page that shows it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from guomen.api import clearance, conveyances, nodes, problems, public
from guomen.core.refusal import Refusal
from guomen.language.sentences import say_refusal


class ReadableJson(JSONRenderer):
    """JSON in UTF-8 as it is read, not in escapes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=ReadableJson(),
    title="Guomen",
    version="1",
    description=(
        "Gates present travellers; everybody reads the figures. Errors are "
        "`application/problem+json` with a code, its facts and the sentence in zh-Hans and en."
    ),
    urls_namespace="api-1",
    docs_url=None,
    openapi_url="/openapi.json",
)
api.add_router("/border", clearance.router)
api.add_router("/border", conveyances.router)
api.add_router("/nodes", nodes.router)
api.add_router("", public.router)
api.exception_handler(OperationalError)(problems.store_away)
api.exception_handler(InterfaceError)(problems.store_away)  # a connection that was cut


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problems.refused(request, refusal)


@api.exception_handler(AuthenticationError)
def _not_let_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problems.key_missing()


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Tell every field that does not fit, with its place in the request."""
    return problems.unreadable(error.errors)


@api.exception_handler(HttpError)
def _unparsable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what ninja itself refuses, such as a body that is no JSON."""
    code = problems.RequestUnreadable.code
    facts = {"field": "body", "why": str(error)}
    said = {tag: say_refusal(code, facts, tag) for tag in problems.LANGUAGES}
    return problems.problem(code, error.status_code, said, {"facts": facts})


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    """Answer a body that no presentation needs."""
    code = problems.RequestUnreadable.code
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    facts = {"field": "body", "why": f"more than {most} bytes"}
    said = {tag: say_refusal(code, facts, tag) for tag in problems.LANGUAGES}
    return problems.problem(code, 413, said, {"facts": facts})


def show_description(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI description as a page that loads nothing from elsewhere."""
    schema = api.get_openapi_schema()
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "api/description.html", {"schema": schema, "operations": operations})
