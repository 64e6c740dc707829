"""The care processes of a collaborative: the columns of its portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from p2.columns.folding import FoldedField
from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from organizations.models import Collaborative


class CareProcess(models.Model):
    """One that measures and projects may name. They keep the name where it is taken off the list."""

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        "organizations.Collaborative",
        models.CASCADE,
        verbose_name=_("collaborative"),
        related_name="care_processes",
    )
    name = models.CharField(
        _("name"), max_length=80, help_text=_("As all participants call it: Medicines and harm")
    )
    folded = FoldedField(of=("name",))

    class Meta:
        verbose_name = _("care process")
        verbose_name_plural = _("care processes")
        ordering: ClassVar = ["folded"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collaborative", "folded"], name="care_process_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def home(self) -> Collaborative:
        return self.collaborative
