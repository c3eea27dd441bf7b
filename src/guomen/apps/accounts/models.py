"""Logins, posts, who holds them, devices, and who read a person's data for which purpose."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from guomen.core.actor import Purpose


class Login(AbstractBaseUser):
    """A way to sign in, and nothing else: what a person may do hangs on the posts they hold."""

    name = models.CharField(max_length=64, unique=True)
    reference = models.UUIDField(unique=True)
    shown_as = models.CharField(max_length=80)
    language = models.CharField(max_length=10, default="zh-Hans")
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Login"]()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["shown_as"]


class Post(models.Model):
    """A place of work with its duties, at a port and lane where it has one."""

    code = models.CharField(max_length=40, unique=True)
    station = models.CharField(max_length=16)
    port = models.CharField(max_length=24)
    lane = models.CharField(max_length=24)
    duties = models.JSONField()


class Tenure(models.Model):
    """Who holds a post from a day, inclusive, until a day, exclusive."""

    login = models.ForeignKey(Login, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["login", "post", "from_day"], name="tenure_once"),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")),
                name="tenure_half_open",
            ),
        ]


class Device(models.Model):
    """A gate or kiosk. Only the hash of its key is kept: the key has 256 random bits."""

    reference = models.UUIDField(unique=True)
    name = models.CharField(max_length=64, unique=True)
    port = models.CharField(max_length=24)
    lane = models.CharField(max_length=24)
    lane_kind = models.CharField(max_length=24)
    duties = models.JSONField()
    key_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)


class ReadLine(models.Model):
    """One reading of something about a person; lines are added and never changed."""

    actor = models.CharField(max_length=64)
    reference = models.CharField(max_length=64)
    purpose = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reference", "at"], name="read_by_reference")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=[one.value for one in Purpose]), name="read_purpose"
            )
        ]
