"""Signing in and out of the desks."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from guomen.web.components.refused import page
from guomen.web.languages import IN_SESSION


@sensitive_post_parameters("password")
@page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; a wrong pair is told without saying which half was wrong."""
    if request.method != "POST":
        return _form(request, "", wrong=False)
    name = request.POST.get("name", "").strip()
    found = authenticate(request, username=name, password=request.POST.get("password", ""))
    if found is None:
        return _form(request, name, wrong=True)
    language = request.session.get(IN_SESSION) or found.language
    login(request, found)
    request.session[IN_SESSION] = language
    return redirect(_next(request))


def _form(request: HttpRequest, name: str, wrong: bool) -> HttpResponse:
    content = {"name": name, "wrong": wrong, "next": _next(request)}
    return render(request, "desks/sign_in.html", content, status=422 if wrong else 200)


def _next(request: HttpRequest) -> str:
    wished = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wished, {request.get_host()}, request.is_secure())
    return wished if own and wished.startswith("/desk/") else "/desk/"


@require_POST
@page
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("desk.login")
