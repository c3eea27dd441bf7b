"""Versions of the pack with their state, drafts that are being written, and their replays."""

from django.db import models
from django.db.models import F, Q


class RulebookVersion(models.Model):
    """One pack as it was proposed. `files` is its text and `rules` what decides, in the form that
    every later version can read; neither is ever changed afterwards."""

    pack_digest = models.CharField(max_length=64, db_index=True)
    rulebook_digest = models.CharField(max_length=64, db_index=True)
    jurisdiction = models.CharField(max_length=24)
    files = models.JSONField()
    rules = models.JSONField(null=True)
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


class Draft(models.Model):
    """A measure that an officer writes. `revision` grows with each save, so that two who write at
    once do not overwrite one another; `base` is the pack against which it was begun."""

    id = models.UUIDField(primary_key=True)
    measure = models.CharField(max_length=40)
    base = models.CharField(max_length=64)
    standing = models.BooleanField()
    text = models.TextField()
    cases = models.TextField()
    state = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    author = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    changed_by = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    proposed_as = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "proposed", "discarded"]), name="draft_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | ~Q(proposed_as=""), name="draft_proposed_as"
            ),
        ]


class ReplayRun(models.Model):
    """A draft replayed over some days, as it stood when it was asked for; `done` of `days`."""

    id = models.UUIDField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT)
    revision = models.PositiveIntegerField()
    text = models.TextField()
    start = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=12)
    done = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    result = models.JSONField(null=True)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("start")), name="replay_has_days"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "stopped", "failed"]),
                name="replay_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(result__isnull=False), name="replay_done_has_result"
            ),
        ]
