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
