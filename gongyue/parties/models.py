"""Organisations taken in from a file, many at once."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Batch, Division, Post, Subject
from gongyue.kernel.regimes import code_for


class OrganisationImport(Subject):
    """机构导入: a file of organisations that a registrar took into the register of its city, `rows` of them.

    Its one entry holds their number and their Merkle root; the organisations have no entry of their own.
    """

    kind = "organisationimport"
    called = _("机构导入")
    staged = False

    class State(models.TextChoices):
        IMPORTED = "imported", _("已导入")

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("行数"))
    imported_on = models.DateField(_("导入日期"))

    related: ClassVar[tuple[str, ...]] = ("division", "batch")

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


class PostImport(Subject):
    """岗位导入: a file of people and their seats that a registrar took in, `rows` of them; as for organisations."""

    kind = "postimport"
    called = _("岗位导入")
    staged = False

    class State(models.TextChoices):
        IMPORTED = "imported", _("已导入")

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("行数"))
    imported_on = models.DateField(_("导入日期"))

    related: ClassVar[tuple[str, ...]] = ("division", "batch")

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


from . import profile  # noqa: E402, F401 - more models of this room
