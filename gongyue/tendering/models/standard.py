"""质量标准: who wrote the service-quality standard that guides bidders."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.programmes.models.centre import Further


class StandardGroup(Further):
    """质量标准专家组: who wrote the service-quality standard that guides bidders, and its text. The latest holds."""

    kind = "standardgroup"
    called = _("质量标准专家组")
    related: ClassVar[tuple[str, ...]] = ()

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Organised(models.TextChoices):
        DIRECT = "direct", _("政府部门直接组织")
        THIRD = "third", _("委托第三方组织")

    organised = models.CharField(_("组织方式"), max_length=10, choices=Organised)
    third_party = models.CharField(_("受委托的第三方组织"), max_length=120, blank=True)
    members = models.JSONField(_("专家组成员"), default=list)  # body and speciality; the names stand in GroupMember
    standard = models.TextField(_("服务质量标准"))
    written_on = models.DateField(_("制定日期"))

    def __str__(self) -> str:
        return str(_("%(day)s 制定的服务质量标准") % {"day": self.written_on}) if self.written_on else ""


class GroupMember(models.Model):
    """专家组成员: one expert of the group, by name; shown on no page."""

    group = models.ForeignKey(StandardGroup, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(_("姓名"), max_length=60)
    organisation = models.CharField(_("所在单位"), max_length=120)
    speciality = models.CharField(_("专业领域"), max_length=120)

    def __str__(self) -> str:
        return f"{self.name}（{self.organisation}）"
