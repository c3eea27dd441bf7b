"""Persons, their documents, and the standing of each document in one row."""

from django.db import models
from django.db.models import Q


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

    It exists for registered documents, and for foreign ones once they have passed.
    """

    number_index = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=24)
    status = models.CharField(max_length=12)
    alert = models.BooleanField(default=False)
    enrolled = models.BooleanField(default=False)
    last_direction = models.CharField(max_length=8)
    last_port = models.CharField(max_length=24)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["valid", "lost", "cancelled"]), name="standing_status"
            )
        ]
