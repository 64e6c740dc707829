"""What the database notes of every change, so that a process that remembers something knows what to read again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Cast, Now


class ChangedOrganization(models.Model):
    """An organization of which a transaction changed what is asked or there, noted by triggers (migration 0012).

    Rows are only added, and taken away a day later. No organization stands for all of them. See
    docs/why/013-what-a-process-remembers.md.
    """

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(
        editable=False,
        db_default=Cast(
            Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
        ),
    )
    at = models.DateTimeField(editable=False, db_default=Now())
    organization = models.ForeignKey(
        "organizations.Organization",
        models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
        editable=False,
    )

    class Meta:
        db_table = "measures_change"  # as the triggers name it
        indexes: ClassVar = [models.Index(fields=["xid"], include=["organization"], name="change_by_xid")]

    def __str__(self) -> str:
        return f"{self.organization_id} by {self.xid}"
