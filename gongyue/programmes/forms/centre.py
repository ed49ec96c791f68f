"""What founding a centre takes: sites and their money, problems and help, siting, staff, operator, changes."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, MoneyField, OrganisationField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Division, Organisation
from gongyue.parties.forms import PersonalField
from gongyue.programmes.models import ImplementationPlan, OperatorEntity, PlanChange, SiteCost, Siting, StaffTransfer
from gongyue.programmes.streets import modes_of

from .city import PaperDayForm, offices, tall

FIRST_YEAR, LAST_YEAR = 2010, 2100


class SiteForm(ActionForm):
    """A site; whether it is ready, and since when, is recorded by itself."""

    name = forms.CharField(label=_("场地名称"), max_length=60)
    address = forms.CharField(label=_("地址"), max_length=200)
    site_kind = forms.ChoiceField(label=_("场地来源"), choices=ImplementationPlan.SiteKind.choices)
    area = forms.IntegerField(label=_("面积（平方米）"), min_value=1, max_value=1_000_000)
    is_head = forms.BooleanField(
        label=_("作为总部办公室"), required=False, help_text=_("场地分散的，须确定其中一个为总部")
    )
    planned_on = DayField(label=_("计划就绪日期"))
    access = forms.CharField(label=_("公共交通与无障碍"), max_length=500, required=False, widget=tall(2))


class ReadyForm(PaperDayForm):
    """The day the rooms could be used."""

    ready_on = DayField(label=_("就绪日期"))
    paper = DocumentField(label=_("验收或租赁文件"), required=False)

    def clean_ready_on(self) -> date | None:
        return self.not_ahead("ready_on")


class EmptyForm(ActionForm):
    """An act that says everything by itself."""


class SiteCostForm(ActionForm):
    """A line of the payer's own departmental budget."""

    year = forms.IntegerField(label=_("预算年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    purpose = forms.CharField(label=_("用途"), max_length=200)
    budget_number = forms.CharField(label=_("部门预算文号"), max_length=60)
    amount = MoneyField(label=_("预算金额（元）"))


class SpendForm(ActionForm):
    """What was spent of a line, in fen, and its voucher."""

    amount = MoneyField(label=_("支出金额（元）"))
    voucher = forms.CharField(label=_("凭证号"), max_length=60)

    def clean_amount(self) -> int:
        spent: int = self.cleaned_data["amount"]
        line = cast(SiteCost, self.subject)
        if spent > line.amount_fen - line.spent_fen:
            raise ValidationError(_("超过该项预算的余额"), code="beyond")
        return spent


class ProblemForm(ActionForm):
    what = forms.CharField(label=_("问题"), max_length=2000, widget=tall(4))
    paper = DocumentField(label=_("附件"), required=False)


class DepartmentForm(ActionForm):
    """Something put to one of the city's departments, answered by a day where one is set."""

    organisation = OrganisationField(queryset=Organisation.objects.none(), label=_("部门"))
    due_on = DayField(label=_("办理期限"), required=False)

    def prepare(self) -> None:
        purchase = self.subject.parent_purchase if self.subject is not None else None
        if purchase is not None and self.dossier is not None:
            city = Division.objects.get(pk=self.dossier.regime.jurisdiction)
            found = cast(OrganisationField, self.fields["organisation"])
            found.queryset = offices(city, Organisation.Kind.DEPARTMENT)

    def clean_due_on(self) -> date | None:
        on: date | None = self.cleaned_data["due_on"]
        if on is not None and self.dossier is not None and on < self.dossier.today:
            raise ValidationError(_("期限不能早于今天"), code="past")
        return on


class EscalateForm(DepartmentForm):
    request = forms.CharField(label=_("提请事项"), max_length=2000, widget=tall(3))


class CooperateForm(DepartmentForm):
    field_order = ("what", "organisation", "due_on")

    what = forms.CharField(label=_("任务"), max_length=1000, widget=tall(3))


class SitingForm(ActionForm):
    """Where the centre stands, and for whom."""

    radius = forms.IntegerField(label=_("服务半径（米）"), min_value=1, max_value=100_000)
    population = forms.IntegerField(label=_("常住人口（人）"), min_value=1, max_value=10_000_000)
    conditions = forms.CharField(label=_("人文条件"), max_length=1000, required=False, widget=tall(2))
    build_stage = forms.ChoiceField(label=_("建设阶段"), choices=Siting.Stage.choices)
    economic_plan = forms.CharField(label=_("国民经济和社会发展规划"), max_length=120, required=False)

    def prepare(self) -> None:
        if self.subject is not None and self.subject.pk:
            self.initial.update({name: getattr(self.subject, name) for name in self.base_fields})


class LayoutForm(ActionForm):
    """What the planning body entered the centre in."""

    layout_plan = forms.CharField(label=_("布局专项规划"), max_length=120)
    control_plan = forms.CharField(label=_("控制性详细规划"), max_length=120, required=False)

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial.update({name: getattr(self.subject, name) for name in self.base_fields})


class PlacementRow(forms.Form):
    """Where posts and people went."""

    unit = forms.CharField(label=_("转入单位"), max_length=120)
    posts = forms.IntegerField(label=_("编制（个）"), min_value=0, max_value=1000)
    staff = forms.IntegerField(label=_("人员（人）"), min_value=0, max_value=1000)


class TransferForm(ActionForm):
    """All that the old centre had, and what has been placed so far."""

    posts = forms.IntegerField(label=_("原有事业编制（个）"), min_value=0, max_value=1000)
    staff = forms.IntegerField(label=_("原有在编人员（人）"), min_value=0, max_value=1000)
    placements = RowsField(PlacementRow, least=0, most=50, label=_("转入单位"))

    def prepare(self) -> None:
        known = cast(StaffTransfer, self.subject)
        if known.pk:
            self.initial.update(posts=known.posts, staff=known.staff, placements=known.placements)

    def clean(self) -> dict[str, Any]:
        given, rows = self.cleaned_data, self.cleaned_data.get("placements") or []
        for name in ("posts", "staff"):
            if name in given and sum(row[name] for row in rows) > given[name]:
                self.add_error("placements", ValidationError(_("转入的合计超过原有数"), code="beyond"))
        return given


class SecondForm(ActionForm):
    name = PersonalField(label=_("姓名"), max_length=60)
    duty = forms.CharField(label=_("在中心的岗位"), max_length=60)
    origin = forms.CharField(label=_("编制所在单位"), max_length=120)
    since = DayField(label=_("派驻日期"))


class EndForm(PaperDayForm):
    until = DayField(label=_("结束日期"))

    def clean_until(self) -> date | None:
        until = self.not_ahead("until")
        since: date = self.subject.since  # type: ignore[union-attr]  # a secondment
        if until is not None and until < since:
            raise ValidationError(_("不能早于派驻日期"), code="order")
        return until


class EntityForm(PaperDayForm):
    """Its registration, who founded it and who supervises it."""

    name = forms.CharField(label=_("单位名称"), max_length=120)
    registration_number = forms.CharField(label=_("登记证号"), max_length=60)
    registered_on = DayField(label=_("准予登记日期"))
    registration_authority = forms.CharField(label=_("登记管理机关"), max_length=120)
    founder = forms.CharField(label=_("举办者"), max_length=120)
    founded_by_street = forms.BooleanField(label=_("街道办事处是举办者"), required=False)
    state_assets = forms.BooleanField(label=_("以国有资产举办"), required=False)
    supervisor = forms.ChoiceField(label=_("业务主管单位"), choices=OperatorEntity.Supervisor.choices)
    supervisor_name = forms.CharField(label=_("业务主管单位名称"), max_length=120)
    authorisation = forms.CharField(
        label=_("授权文件"), max_length=120, required=False, help_text=_("由街道办事处作业务主管单位的，填政府授权文件")
    )
    staff_total = forms.IntegerField(label=_("在中心工作的人数（含派驻）"), min_value=0, max_value=1000)
    paper = DocumentField(label=_("登记证书"), required=False)

    def prepare(self) -> None:
        if self.subject is not None and self.subject.pk:
            self.initial.update({n: getattr(self.subject, n) for n in self.base_fields if n != "paper"})

    def clean_registered_on(self) -> date | None:
        return self.not_ahead("registered_on")


class ChangeForm(ActionForm):
    """What was found, and the plan's whole text from now on."""

    found_by = forms.ChoiceField(label=_("问题来源"), choices=PlanChange.Found.choices)
    reason = forms.CharField(label=_("发现的问题与调整理由"), max_length=2000, widget=tall(3))
    goals = forms.CharField(label=_("调整后的服务目标"), max_length=4000, widget=tall(4))
    content = forms.CharField(label=_("调整后的服务内容"), max_length=8000, widget=tall(6))
    mode = forms.ChoiceField(
        label=_("调整后的运作模式"), required=False, help_text=_("不改变运作模式的不选；改变模式须经批准才生效")
    )
    paper = DocumentField(label=_("附件"), required=False)

    def prepare(self) -> None:
        plan = self.dossier.latest(ImplementationPlan) if self.dossier is not None else None
        if plan is not None and self.dossier is not None:
            self.initial.update(goals=plan.goals, content=plan.content)
            known, now = modes_of(self.dossier.regime), self.dossier.purchase.mode
            others = [(mode, name) for mode, name in known.items() if mode != now]
            cast(forms.ChoiceField, self.fields["mode"]).choices = [("", _("不改变")), *others]


class PriorityForm(ActionForm):
    """Which list names the street as a pilot of enforcement, management and service in one."""

    basis = forms.CharField(label=_("优先审批依据"), max_length=120, help_text=_("“三位一体”试点街道名单及其文号"))
