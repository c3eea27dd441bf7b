"""The port nodes' endpoints: what the centre tells a node, and the acts that a node sends."""

from datetime import datetime, timedelta
from typing import Annotated

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security.base import AuthBase

from guomen import clock
from guomen.api.schemas import ProblemOut
from guomen.apps.border.bundles import bundle_for
from guomen.apps.border.nodes import NodeAtWork, NodeUnknown, node_named
from guomen.apps.border.operations import ActUnfit, Batch, note_heard, receive_acts
from guomen.core.canonical import Json, canonical_text
from guomen.core.outbox import NumberedAct
from guomen.core.outbox.requests import NODE, SIGNATURE, SIGNED_AT, NodeRequest
from guomen.core.outbox.sending import BATCH
from guomen.core.refusal import Nature, Refusal
from guomen.core.signing import Purpose, sign

router = Router(tags=["nodes"])

FRESH = timedelta(minutes=5)
"""A request that was signed longer ago is not answered: somebody may have kept it."""


class RequestStale(Refusal):
    """The request was signed at another time than now; the node sets its offset by the answer."""

    code = "node.request_stale"
    nature = Nature.NOT_ALLOWED


class NodeSignature(AuthBase):
    """Gives the node behind a signed request; asks the database each time, so that a revoked key
    is refused at once."""

    openapi_type = "apiKey"
    openapi_in = "header"
    openapi_name = SIGNATURE

    def __call__(self, request: HttpRequest) -> NodeAtWork | None:
        """Find the node; refuse with `node.unknown`, `node.revoked` or `node.request_stale`.

        None, and so 401, where nothing is signed.
        """
        name = request.headers.get(NODE, "")
        if not name:
            return None
        node = node_named(name=name)
        signed_at, signature = _signed(request, name)
        asked = NodeRequest(
            name, str(request.method), request.get_full_path(), request.body, signed_at
        )
        if not asked.is_signed_by(signature, node.public_key):
            raise NodeUnknown(name=name[:32])
        now = clock.now()
        if abs(now - signed_at) > FRESH:
            raise RequestStale(now=now.isoformat())
        return node


def _signed(request: HttpRequest, name: str) -> tuple[datetime, bytes]:
    try:
        signed_at = datetime.fromisoformat(request.headers.get(SIGNED_AT, ""))
        signature = bytes.fromhex(request.headers.get(SIGNATURE, ""))
    except ValueError:
        raise NodeUnknown(name=name[:32]) from None
    if signed_at.tzinfo is None:
        raise NodeUnknown(name=name[:32])
    return signed_at, signature


class BundleOut(Schema):
    """What the centre tells a node, spelled as canonical JSON, and the signature over it."""

    bundle: str
    signature: str


class ActIn(Schema):
    """One act of a node's outbox."""

    number: Annotated[int, Field(ge=1, lt=2**62)]
    previous: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    content: Annotated[str, Field(max_length=200_000)]


class ActsIn(Schema):
    """Consecutive acts, with the last one's signature; `told`: the last that the node has.

    `clock`: the node's own time, by which its skew is told.
    """

    acts: Annotated[list[ActIn], Field(max_length=BATCH)]
    signature: Annotated[str, Field(pattern="^([0-9a-f]{128})?$")]
    told: Annotated[int, Field(ge=0, lt=2**62)]
    clock: datetime


class ActsOut(Schema):
    """The last act that the centre has."""

    last: int


_PROBLEMS = {401: ProblemOut, 403: ProblemOut, 409: ProblemOut, 422: ProblemOut, 503: ProblemOut}


@router.get(
    "/bundle",
    auth=NodeSignature(),
    response={200: BundleOut, **_PROBLEMS},
    summary="What a port node has to know",
)
def give_bundle(
    request: HttpRequest,
    known: Annotated[str, Field(max_length=40)] = "",
    pack: Annotated[str, Field(max_length=64)] = "",
) -> dict[str, Json]:
    """Give the rulebook (its files where `pack` is another), the port's devices, and the standings
    that changed after the cursor `known`, a page at a time."""
    node = _node(request)
    bundle = bundle_for(
        node=node.name,
        port=node.port,
        asked_at=datetime.fromisoformat(request.headers[SIGNED_AT]),
        made_at=clock.now(),
        good_for=timedelta(hours=settings.GUOMEN_KNOWLEDGE_HOURS),
        after=known,
        pack=pack,
    )
    text = canonical_text(bundle.told())
    signature = sign(Purpose.BUNDLE, text.encode(), settings.GUOMEN_SEAL_KEY)
    return {"bundle": text, "signature": signature.hex()}


@router.post(
    "/acts",
    auth=NodeSignature(),
    response={200: ActsOut, **_PROBLEMS},
    summary="Take over the acts of a port node",
)
def take_acts(request: HttpRequest, body: ActsIn) -> dict[str, Json]:
    """Keep the acts that are new, in order, all or none, and answer the last number that is here.

    What is here already is not stored again; a gap is refused with the number that is expected.
    """
    node, now = _node(request), clock.now()
    acts = tuple(NumberedAct(node.name, one.number, one.previous, one.content) for one in body.acts)
    batch = Batch(node.name, acts, bytes.fromhex(body.signature))
    try:
        last = receive_acts(actor=node.actor, at=now, batch=batch)
    except IntegrityError:
        # Not a race (that is done again), so an id of another act: nobody chooses those by chance.
        raise ActUnfit(number=acts[0].number, why="an id in it is another act's") from None
    skew = int((body.clock - now).total_seconds()) if body.clock.tzinfo else 0
    note_heard(actor=node.actor, at=now, node=node.name, told_number=body.told, skew=skew)
    return {"last": last}


def _node(request: HttpRequest) -> NodeAtWork:
    found: NodeAtWork = request.auth  # type: ignore[attr-defined]  # set by NodeSignature
    return found
