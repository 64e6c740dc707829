"""How often something was tried or asked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptCount(models.Model):
    """A count in the window that runs. Its key is a keyed digest (services.people.limits) and names nobody."""

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    count = models.PositiveIntegerField(_("count"), default=0)
    ends_at = models.DateTimeField(_("ends at"))
    rests_until = models.DateTimeField(_("rests until"), null=True)

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")
        indexes: ClassVar = [models.Index(fields=["ends_at"], name="attempts_by_end")]

    def __str__(self) -> str:
        return self.key


class PasswordRequest(models.Model):
    """Who asked for a link to a new password, as typed: whether the address has an account is looked up by the worker,
    which then deletes the row."""

    email = models.EmailField(_("email"))
    asked_at = models.DateTimeField(_("asked at"))

    class Meta:
        verbose_name = _("request for a password")
        verbose_name_plural = _("requests for a password")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.email
