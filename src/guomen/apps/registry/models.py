"""Persons, their documents, alerts, and the standing of each document in one row."""

from django.db import models
from django.db.models import F, Q

from guomen.apps.ledger.transactions import TransactionNumber
from guomen.core.alerts import AlertDirection, AlertKind, Instruction


class Person(models.Model):
    """A person known to the administration. `wrapped_key` empty: erased, nothing opens."""

    id = models.UUIDField(primary_key=True)
    wrapped_key = models.BinaryField()
    name = models.BinaryField()
    birth_date = models.BinaryField()
    sex = models.BinaryField()
    nationality = models.CharField(max_length=3)


class TravelDocument(models.Model):
    """A document issued here: number encrypted for its holder, found by its keyed index."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=24)
    issuer = models.CharField(max_length=3)
    number = models.BinaryField()
    number_index = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    expiry_date = models.DateField()


class Standing(models.Model):
    """All that a lane needs about a document, in one row found by the index.

    It exists for registered documents, for foreign ones once they have passed, and for whatever an
    alert is on. `alerts` repeats the alerts in force, so that a lane asks for one row: it is written
    in the transaction that changes an alert, and `recounted_flags` tells whether it still agrees.
    """

    number_index = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=24)
    status = models.CharField(max_length=12)
    alerts = models.TextField(default="")
    enrolled = models.BooleanField(default=False)
    last_direction = models.CharField(max_length=8)
    last_port = models.CharField(max_length=24)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["valid", "lost", "cancelled", "unregistered"]),
                name="standing_status",
            )
        ]


class StandingChange(models.Model):
    """That a standing came or changed: what port nodes read on from where they are."""

    sequence = models.BigAutoField(primary_key=True)
    transaction = models.BigIntegerField(db_default=TransactionNumber())
    number_index = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["transaction", "sequence"], name="change_order")]


class Alert(models.Model):
    """An alert on a document, found by its keyed index; the person is not named.

    Where a name is held it is encrypted with a key of its own, and both are emptied when the alert
    ends. `closing_reason`: why it was refused or ended. `language`: of the basis and authority.
    """

    id = models.UUIDField(primary_key=True)
    number_index = models.CharField(max_length=64, db_index=True)
    document_kind = models.CharField(max_length=24)
    kind = models.CharField(max_length=24)
    direction = models.CharField(max_length=8)
    legal_basis = models.TextField()
    authority = models.TextField()
    instruction = models.CharField(max_length=24)
    language = models.CharField(max_length=10)
    valid_from = models.DateField()
    until = models.DateField()
    review_on = models.DateField()
    state = models.CharField(max_length=12)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=64)
    reviewed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField()
    wrapped_key = models.BinaryField()
    name = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["state", "until"], name="alert_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in AlertKind]), name="alert_kind"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=[one.value for one in AlertDirection]),
                name="alert_direction",
            ),
            models.CheckConstraint(
                condition=Q(instruction__in=[one.value for one in Instruction]),
                name="alert_instruction",
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis="") & ~Q(authority=""), name="alert_basis_and_authority"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("valid_from")), name="alert_half_open"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by="")
                | (
                    Q(state__in=["in_force", "refused", "ended", "lapsed"])
                    & ~Q(decided_by="")
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="alert_two_officers",
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("proposed_by")), name="alert_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "ended"]) | ~Q(closing_reason=""),
                name="alert_closed_with_reason",
            ),
        ]
