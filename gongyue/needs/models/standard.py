"""需求标准: what a service of one sort has to be, whoever buys it; set by one body, edition by edition."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, Subject


class ServiceStandard(Subject):
    """需求标准 of a service: an adjustment is the next edition, and what cited an earlier one stays as it was.

    `service_class` is a class of the pack's catalogue, `central` whether the service is in the central procurement
    catalogue: by both a regime says whose the standard is.
    """

    kind = "servicestandard"
    called = _("需求标准")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("body", "body__division", "replaces")

    class State(models.TextChoices):
        SET = "set", _("已提出")

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出单位"))
    service = models.CharField(_("服务项目"), max_length=120)
    service_class = models.CharField(_("服务类别"), max_length=40)
    central = models.BooleanField(_("列入集中采购目录"), default=False)
    edition = models.PositiveSmallIntegerField(_("版本"), default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="successor", null=True, verbose_name=_("所调整的版本")
    )
    content = models.TextField(_("需求标准"))
    basis = models.TextField(_("研究依据"), blank=True)
    change = models.TextField(_("调整理由"), blank=True)
    set_on = models.DateField(_("提出日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "service", "edition"], name="service_standard_edition_once"),
        ]

    def __str__(self) -> str:
        return str(_("%(service)s（第 %(n)s 版）") % {"service": self.service, "n": self.edition})

    @property
    def place(self) -> Division:
        return self.body.division

    @property
    def regime_code(self) -> str:
        return self.body.regime_code

    @property
    def owner(self) -> Organisation:
        """Whoever set it adjusts it."""
        return self.body

    @property
    def seed(self) -> str:
        return str(self.replaces_id or "")

    @property
    def seed_words(self) -> str:
        return str(self) if self.replaces_id else ""

    @property
    def by(self) -> str:
        """central_agency or purchaser."""
        agency = self.body.organisation_kind == Organisation.Kind.CENTRAL_AGENCY
        return "central_agency" if agency else "purchaser"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """A standard of a further service, and the next edition of each that the actor's body has set."""
        if dossier is not None:
            return []
        latest = current(ServiceStandard.objects.filter(body=actor.organisation))
        return [cls(body=actor.organisation), *(cls.after(row) for row in latest)]

    @classmethod
    def after(cls, row: ServiceStandard) -> Self:
        """What an adjustment begins with."""
        return cls(
            body=row.body, service=row.service, service_class=row.service_class, central=row.central,
            edition=row.edition + 1, replaces=row, content=row.content, basis=row.basis,
        )  # fmt: skip


def current(rows: QuerySet[ServiceStandard]) -> QuerySet[ServiceStandard]:
    """Those that no later edition replaces."""
    later = ServiceStandard.objects.filter(replaces=OuterRef("pk"))
    return rows.exclude(Exists(later)).select_related("body__division").order_by("service", "pk")


def citable(purchase: Purchase) -> QuerySet[ServiceStandard]:
    """What a purchase may cite: the current standards of whoever opened it, and of the central procurement agencies of
    its place and above."""
    above = purchase.division.path.strip("/").split("/")
    agency = models.Q(body__organisation_kind=Organisation.Kind.CENTRAL_AGENCY, body__division__in=above)
    return current(ServiceStandard.objects.filter(agency | models.Q(body=purchase.opened_by_id)))
