"""Daily tallies (which can be recounted at any time) and bulletins with their figures."""

from django.db import models
from django.db.models import F, Q


class DailyTally(models.Model):
    """How much of one kind happened on a day, by everything that figures count by."""

    day = models.DateField()
    kind = models.CharField(max_length=40)
    port = models.CharField(max_length=24)
    direction = models.CharField(max_length=8)
    group = models.CharField(max_length=16)
    lane = models.CharField(max_length=24)
    conveyance_kind = models.CharField(max_length=16)
    document_kind = models.CharField(max_length=24)
    measure = models.CharField(max_length=40)
    outcome = models.CharField(max_length=24)
    quantity = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "day",
                    "kind",
                    "port",
                    "direction",
                    "group",
                    "lane",
                    "conveyance_kind",
                    "document_kind",
                    "measure",
                    "outcome",
                ],
                name="tally_once",
            )
        ]


class TallyHead(models.Model):
    """Up to which seal of a node the tallies count: the seal that a figure names."""

    node = models.CharField(max_length=32, unique=True)
    number = models.PositiveBigIntegerField()
    until_mark = models.BigIntegerField()


class Bulletin(models.Model):
    """One bulletin for a period, with its text in each language; never overwritten."""

    id = models.UUIDField(primary_key=True)
    template = models.CharField(max_length=40)
    period = models.CharField(max_length=10)
    state = models.CharField(max_length=12)
    texts = models.JSONField()
    compiled_by = models.CharField(max_length=64)
    compiled_at = models.DateTimeField()
    released_by = models.CharField(max_length=64)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="released") | ~Q(released_by=F("compiled_by")),
                name="bulletin_two_officers",
            )
        ]


class PublishedFigure(models.Model):
    """One figure as it stands in a bulletin: value, definition, the seal it was counted up to."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT)
    figure = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    value = models.PositiveBigIntegerField()
    definition_version = models.PositiveIntegerField()
    definition_digest = models.CharField(max_length=64)
    seal_node = models.CharField(max_length=32)
    seal_number = models.PositiveBigIntegerField()
    seal_root = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "figure", "period"], name="published_figure_once"
            )
        ]
