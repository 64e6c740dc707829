"""The ground's own rows: the audit trail and the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class AuditEntry(models.Model):
    """Who did what to which row and when. Append-only: a database trigger refuses UPDATE and DELETE."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200)
    collaborative_slug = models.CharField(max_length=60, blank=True)
    changes = models.JSONField(default=dict, help_text="field: [old, new]")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_ref", "-at"], name="audit_by_subject"),
            models.Index(fields=["collaborative_slug", "-at"], name="audit_by_collaborative"),
        ]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_label}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> LetterQuerySet:
        """All mail of a demo site, to everybody; elsewhere all of it, to the site's admins alone."""
        return self if settings.DEMO_SITE or getattr(user, "is_staff", False) else self.none()


class Letter(models.Model):
    """One e-mail of the outbox. Its key is unique, so that no verb can queue it twice."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        UNSURE = "unsure", "unsure"
        REFUSED = "refused", "refused"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="letters")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-queued_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["queued_at"], condition=Q(state="queued"), name="letters_to_send"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="letter_sent_has_time",
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"
