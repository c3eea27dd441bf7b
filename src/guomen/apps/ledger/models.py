"""Entries and seals: two tables that only ever grow (triggers refuse everything else)."""

from django.db import models
from django.db.models import Q

from guomen.apps.ledger.transactions import TransactionNumber
from guomen.core.events import EventKind


class Entry(models.Model):
    """One act. `leaf` is the hash of the canonical bytes of all the other columns but the
    sequence and the transaction, which only order them."""

    sequence = models.BigAutoField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    transaction = models.BigIntegerField(db_default=TransactionNumber())
    node = models.CharField(max_length=32)
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=64)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    day = models.DateField()
    port = models.CharField(max_length=24)
    direction = models.CharField(max_length=8)
    group = models.CharField(max_length=16)
    lane = models.CharField(max_length=24)
    conveyance_kind = models.CharField(max_length=16)
    document_kind = models.CharField(max_length=24)
    measure = models.CharField(max_length=40)
    outcome = models.CharField(max_length=24)
    quantity = models.PositiveIntegerField()
    payload = models.TextField()
    corrects = models.UUIDField(null=True)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["day", "kind"], name="entry_day_kind"),
            models.Index(fields=["node", "transaction", "sequence"], name="entry_sealing_order"),
            # Every page asks whether the records are synthetic: one row, found at once.
            models.Index(
                fields=["sequence"],
                condition=Q(kind=EventKind.SIMULATION_DECLARED.value),
                name="entry_simulation",
            ),
        ]


class Seal(models.Model):
    """A signed head over the entries of one node between two marks (half-open).

    A mark is the transaction's number on PostgreSQL and the sequence on SQLite.
    """

    node = models.CharField(max_length=32)
    number = models.PositiveBigIntegerField()
    from_mark = models.BigIntegerField()
    until_mark = models.BigIntegerField()
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)
    public_key = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "number"], name="seal_number_once"),
            models.UniqueConstraint(fields=["node", "from_mark"], name="seal_mark_once"),
            models.CheckConstraint(
                condition=Q(until_mark__gt=models.F("from_mark")), name="seal_marks_grow"
            ),
        ]
