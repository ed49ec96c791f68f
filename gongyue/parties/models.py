"""Organisations and people taken in from a file, many at once."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Batch, Division, Post, Subject
from gongyue.kernel.regimes import code_for


class _Import(Subject):
    """A file that a registrar took in for its own place, `rows` of it.

    Its one entry holds their number and their Merkle root; what was taken in has no entries of its own.
    """

    staged = False

    class State(models.TextChoices):
        IMPORTED = "imported", _("已导入")

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("行数"))
    imported_on = models.DateField(_("导入日期"))

    related: ClassVar[tuple[str, ...]] = ("division", "batch")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.batch)

    @property
    def place(self) -> Division:
        return self.division

    @property
    def regime_code(self) -> str:
        return code_for(self.division)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(division=actor.organisation.division)] if dossier is None else []


class OrganisationImport(_Import):
    """机构导入: organisations taken into the register of a city."""

    kind = "organisationimport"
    called = _("机构导入")


class PostImport(_Import):
    """岗位导入: people and their seats."""

    kind = "postimport"
    called = _("岗位导入")


from . import profile, results  # noqa: E402, F401 - more models of this room
