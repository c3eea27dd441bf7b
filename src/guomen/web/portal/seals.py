"""A seal in words: what it covers, its root, the seal before it, and whether its signature holds."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guomen.apps.ledger import queries as ledger
from guomen.apps.policy.queries import jurisdiction
from guomen.core.seal import NO_HEAD, is_signed_by, public_key_of
from guomen.web.components.refused import page


@page
def seal(request: HttpRequest, tag: str, node: str, number: int) -> HttpResponse:
    """Show one seal, and check its signature and its link to the seal before."""
    found = ledger.seal_numbered(node, number)
    if found is None:
        raise Http404("no such seal")
    content = {
        "seal": found,
        "signed": is_signed_by(found.head, found.signature, _own_key()),
        "linked": _linked(found),
        "first": found.head.previous == NO_HEAD,
        "next": ledger.seal_numbered(node, number + 1),
        "zone": jurisdiction().zone,
    }
    return render(request, "portal/seal.html", content)


def _own_key() -> bytes:
    # The key that ought to have signed, not the one that lies beside the signature.
    return public_key_of(settings.GUOMEN_SEAL_KEY)


def _linked(found: ledger.KeptSeal) -> bool:
    if found.head.number == 1:
        return found.head.previous == NO_HEAD
    before = ledger.seal_numbered(found.head.node, found.head.number - 1)
    return before is not None and before.head.digest() == found.head.previous
