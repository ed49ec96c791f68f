"""For whom a purchase is made, who acts for that government, and on which paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Organisation

from .centre import Further


class Authority(Further):
    """实施主体与授权: a city or district government as principal, the body that represents it, the paper it acts on.

    A later paper is recorded beside the earlier one; the latest holds.
    """

    kind = "authority"
    called = _("实施主体与授权")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Level(models.TextChoices):
        CITY = "city", _("市政府")
        DISTRICT = "district", _("区（县级市）政府")

    class Body(models.TextChoices):
        """What the representing body is to its government."""

        DEPARTMENT = "department", _("工作部门")
        DISPATCHED = "dispatched", _("派出机关")
        AUTHORISED = "authorised", _("授权机构")

    level = models.CharField(_("实施主体层级"), max_length=10, choices=Level)
    principal = models.CharField(_("实施主体"), max_length=120)
    representative = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("代表机构")
    )
    body = models.CharField(_("代表机构性质"), max_length=12, choices=Body)
    document_number = models.CharField(_("授权文件文号"), max_length=60)
    issued_on = models.DateField(_("授权文件日期"))
    recorded_on = models.DateField(_("登记日期"))

    related: ClassVar[tuple[str, ...]] = ("representative",)

    def __str__(self) -> str:
        return f"{self.principal}：{self.representative}"
