"""The ground's own rows: the audit trail, the outbox, the worker's pulse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class AuditEntry(models.Model):
    """Who did what to which row and when. Append-only: a database trigger refuses UPDATE and DELETE."""

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, related_name="+"
    )
    verb = models.CharField(_("verb"), max_length=60)
    subject_type = models.CharField(_("subject type"), max_length=60)
    subject_ref = models.CharField(_("subject ref"), max_length=40)
    subject_label = models.CharField(_("subject label"), max_length=200)
    collaborative_slug = models.CharField(_("collaborative slug"), max_length=60, blank=True)
    changes = models.JSONField(_("changes"), default=dict, help_text=_("field: [old, new]"))

    class Meta:
        verbose_name = _("audit entry")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_ref", "-at"], name="audit_by_subject"),
            models.Index(fields=["collaborative_slug", "-at"], name="audit_by_collaborative"),
        ]
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return self.subject_label


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> LetterQuerySet:
        """All mail to the site's admins. To everybody else, and on a demo site alone, what does not go to an admin.

        A letter to an admin may hold the link to a new password, and so the site's keys.
        """
        if getattr(user, "is_staff", False):
            return self
        if not settings.DEMO_SITE:
            return self.none()
        admins = get_user_model()._default_manager.filter(is_staff=True)
        theirs = admins.annotate(own=Lower("email")).filter(own=Lower(OuterRef("address")))
        return self.exclude(Exists(theirs)).exclude(person__in=admins)


WORKER_STOPPED = "worker_stopped"
"""Why a letter is unsure, as its row keeps it."""

FAILURES = {WORKER_STOPPED: _("The worker stopped while this was being sent.")}


class Letter(models.Model):
    """One e-mail of the outbox. Its key is unique, so that no verb can queue it twice."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        UNSURE = "unsure", _("unsure")
        REFUSED = "refused", _("refused")

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    key = models.CharField(_("key"), max_length=120, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, related_name="letters"
    )
    address = models.EmailField(_("address"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField(_("queued at"))
    sending_at = models.DateTimeField(_("sending at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    failure = models.CharField(_("failure"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
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
        return gettext("%(subject)s to %(address)s") % {"subject": self.subject, "address": self.address}

    @property
    def failure_words(self) -> str:
        """Why it did not go out: our own reasons in the reader's language, a mail server's as it gave them."""
        return str(FAILURES.get(self.failure, self.failure))


class Pulse(models.Model):
    """When the worker last showed that it works: one row, however many workers the site has."""

    WORKER = "worker"

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")

    def __str__(self) -> str:
        return self.name
