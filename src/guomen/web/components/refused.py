"""Turns a refusal that a page does not handle itself into a page that says it in words."""

import functools
from collections.abc import Callable, Mapping
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guomen.core.refusal import Nature, Refusal
from guomen.language.sentences import say_refusal
from guomen.language.tags import active

P = ParamSpec("P")

STATUSES: Mapping[Nature, int] = {
    Nature.BAD_INPUT: 422,
    Nature.NOT_ALLOWED: 403,
    Nature.NOT_FOUND: 404,
    Nature.CONFLICT: 409,
}


def status_of(refusal: Refusal) -> int:
    """Give the status that a page answers a refusal with."""
    return STATUSES[refusal.nature]


def sentence_of(refusal: Refusal) -> str:
    """Say a refusal in the reader's language."""
    return say_refusal(refusal.code, refusal.facts, active().tag)


def page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a view as a page: what it is refused is said in words, in the frame."""

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            told = {"sentence": sentence_of(refusal)}
            return render(request, "refused.html", told, status=status_of(refusal))

    return functools.update_wrapper(answer, view)
