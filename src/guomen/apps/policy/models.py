"""Versions of the jurisdiction's pack with their state."""

from django.db import models
from django.db.models import F, Q


class RulebookVersion(models.Model):
    """One pack as it was proposed. `files` is its text; it is never changed afterwards."""

    pack_digest = models.CharField(max_length=64, db_index=True)
    rulebook_digest = models.CharField(max_length=64, db_index=True)
    jurisdiction = models.CharField(max_length=24)
    files = models.JSONField()
    state = models.CharField(max_length=12)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack_digest"],
                condition=Q(state="proposed"),
                name="rulebook_proposed_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(decided_by=F("proposed_by")),
                name="rulebook_two_officers",
            ),
        ]
