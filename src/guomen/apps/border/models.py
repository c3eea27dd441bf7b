"""Passages, referrals and inspections of conveyances."""

from django.db import models
from django.db.models import Q


class Passage(models.Model):
    """One presentation at a lane with its answer. `actor` and `nonce` together come once, so a
    retry meets the same row; `content` is a keyed index of what was presented; `entry` is the
    ledger's; `facts` and `asked` are enough to decide again what the rulebook was asked."""

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField(null=True)
    actor = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    document_index = models.CharField(max_length=64)
    document_kind = models.CharField(max_length=24)
    group = models.CharField(max_length=16)
    direction = models.CharField(max_length=8)
    port = models.CharField(max_length=24)
    lane = models.CharField(max_length=24)
    lane_kind = models.CharField(max_length=24)
    outcome = models.CharField(max_length=8)
    measure = models.CharField(max_length=40)
    clause = models.CharField(max_length=24)
    rulebook = models.CharField(max_length=64)
    facts = models.TextField()
    asked = models.TextField(default="[]")
    reasons = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["occurred_at"], name="passage_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["actor", "nonce"], name="passage_presented_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["pass", "refer"]), name="passage_outcome"
            ),
        ]


class Referral(models.Model):
    """A passage that waits for a person, and what the person decided on which legal basis."""

    id = models.UUIDField(primary_key=True)
    passage = models.OneToOneField(Passage, on_delete=models.PROTECT)
    state = models.CharField(max_length=16)
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)
    legal_basis = models.TextField()
    note = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(decided_by=""), name="referral_decided_by_someone"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_admitted") | ~Q(legal_basis=""),
                name="referral_adverse_needs_basis",
            ),
        ]


class Inspection(models.Model):
    """One inspection of a conveyance; `registration` is a keyed index of its mark."""

    id = models.UUIDField(primary_key=True)
    actor = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    registration = models.CharField(max_length=64)
    direction = models.CharField(max_length=8)
    port = models.CharField(max_length=24)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "nonce"], name="inspection_once")]


class PortNode(models.Model):
    """A port's own installation, as the centre knows it: its key, and the last act it has sent.

    `told_number`: the last act that the node itself has, by its own word; the difference waits.
    `skew_seconds`: how far the node's clock is ahead of ours.
    """

    reference = models.UUIDField(unique=True)
    name = models.CharField(max_length=32, unique=True)
    port = models.CharField(max_length=24)
    public_key = models.BinaryField(max_length=32)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_number = models.PositiveBigIntegerField(default=0)
    last_digest = models.CharField(max_length=64)
    told_number = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    skew_seconds = models.IntegerField(default=0)


class NodeAct(models.Model):
    """One act that a node has sent. `record`: the passage or referral that holds it here; `stored`
    false: it was here already, because a gate had asked us too. The signature is kept with the last
    act of each batch; through the digests it vouches for those before."""

    node = models.ForeignKey(PortNode, on_delete=models.PROTECT)
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=64)
    record = models.UUIDField()
    stored = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "number"], name="node_act_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="node_act_from_one"),
        ]


class OutboxAct(models.Model):
    """At a port node: an act that goes to the centre, written in the act's own transaction."""

    number = models.PositiveBigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=64)
    content = models.TextField()
    queued_at = models.DateTimeField()


class HeldKnowledge(models.Model):
    """At a port node, one row: what it was told by the centre, until when gates go by it, and how
    far the sending is. `refused`: the code with which the centre refused for good."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    cursor = models.CharField(max_length=40)
    known_on = models.DateTimeField(null=True)
    good_until = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    acknowledged = models.PositiveBigIntegerField(null=True)
    refused = models.CharField(max_length=40)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="knowledge_in_one_row")]
