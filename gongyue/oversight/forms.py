"""What supervision, checks, feedback and audit take."""

from __future__ import annotations

import secrets
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.drawing import digest, list_digest
from gongyue.kernel.fields import DayField, DocumentField, JudgementField, OrganisationField, RowsField
from gongyue.kernel.findings import language
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.kernel.models import Organisation, Purchase, Role
from gongyue.parties.forms import PersonalField, RowField
from gongyue.parties.redaction import PublicText

from .models import Audit, Feedback, InternalControl, Recommendation, SpotCheck, SupervisionLog, Violation
from .models.alert import levels
from .populations import population, populations, record_name

Result = SupervisionLog.Result
OBJECTION = Feedback.Nature.OBJECTION


def words(label: Any, *, required: bool = True, rows: int = 2, most: int = 1000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=area)


RESULTS = [("", _("请选择")), *Result.choices]  # none is chosen beforehand: "sound" is what somebody has seen


class RecordForm(ActionForm):
    """supervision.record: each of the three blocks has a result, a problem is told, and a day is set for it."""

    observed_on = DayField(label=_("监督日期"))
    plan_result = forms.ChoiceField(label=_("服务计划"), choices=RESULTS)
    plan = words(_("服务计划的情况"), required=False)
    effect_result = forms.ChoiceField(label=_("服务成效"), choices=RESULTS)
    effect = words(_("服务成效的情况"), required=False)
    money_result = forms.ChoiceField(label=_("资金使用"), choices=RESULTS)
    money = words(_("资金使用的情况"), required=False)
    photo = DocumentField(label=_("照片"), required=False, restricted=False)
    due_on = DayField(label=_("整改期限"), required=False, help_text=_("有问题时填写，由承接主体在该日前答复"))

    def prepare(self) -> None:
        if self.dossier is not None:
            self.initial.setdefault("observed_on", self.dossier.today)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        wrong = [name for name in ("plan", "effect", "money") if data.get(f"{name}_result") == Result.PROBLEM]
        for name in wrong:
            if not data.get(name):
                self.add_error(name, ValidationError(_("请写明发现了什么问题"), code="required"))
        if wrong and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", ValidationError(_("有问题的，请定整改期限"), code="required"))
        if not wrong and data.get("due_on"):
            self.add_error("due_on", ValidationError(_("没有发现问题，不用定整改期限"), code="idle"))
        return data


class SealedField(forms.CharField):
    """A secret: the ledger's text holds a salted commitment to it."""

    sealed = True


class CommitForm(ActionForm):
    """spot_check.commit: the list and the seed's digest are fixed; the program makes the seed, nobody chooses it."""

    occasion = forms.ChoiceField(label=_("抽查方式"), choices=SpotCheck.Occasion.choices)
    cycle = forms.CharField(
        label=_("定期抽查的周期"),
        max_length=60,
        required=False,
        help_text=_("方案只写“定期”，没有写多久一次，由监督单位自定"),
    )
    source = forms.ChoiceField(label=_("抽查范围"))
    size = forms.IntegerField(label=_("抽取数"), min_value=1, max_value=500)
    secret = SealedField(required=False, widget=forms.HiddenInput)
    seed_sha256 = forms.CharField(label=_("抽签种子的散列值"), required=False, widget=forms.HiddenInput)
    population_sha256 = forms.CharField(label=_("名单的散列值"), required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        if self.dossier is not None:
            found = [(one.name, one.label) for one in populations(self.dossier)]
            cast(forms.ChoiceField, self.fields["source"]).choices = found

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        seed = secrets.token_hex(32)
        found = population(self.dossier, data.get("source", "")) if self.dossier else None
        keys = found.keys(self.dossier) if found and self.dossier else []
        if found and not keys:
            self.add_error("source", ValidationError(_("这个范围里还没有可抽的记录"), code="empty"))
        elif data.get("size") and keys and data["size"] > len(keys):
            self.add_error("size", ValidationError(_("范围里只有 %(n)s 项"), code="size", params={"n": len(keys)}))
        return data | {"secret": seed, "seed_sha256": digest(seed), "population_sha256": list_digest(keys)}


class OpenSeedForm(ActionForm):
    """spot_check.draw: the seed is opened into the entry."""

    opened_seed = forms.CharField(label=_("公开的抽签种子"), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data | {"opened_seed": cast(SpotCheck, self.subject).seed_value}


class RecordInput(forms.HiddenInput):
    """The key of a record goes along; its reader sees what it names."""

    template_name = "forms/record.html"
    input_type = "text"  # a column of its own, though nothing can be typed in it

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["named"] = record_name(str(value or ""))
        return context


class RecordField(forms.CharField):
    """The key of a record that was drawn."""

    widget = RecordInput


class FoundRow(forms.Form):
    item = RecordField(label=_("抽中的记录"), max_length=80)
    result = forms.ChoiceField(label=_("结果"), choices=Result.choices)
    finding = forms.CharField(label=_("情况"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("result") == Result.PROBLEM and not self.cleaned_data.get("finding"):
            self.add_error("finding", ValidationError(_("请写明发现了什么问题"), code="required"))
        return self.cleaned_data


class ReportForm(ActionForm):
    """spot_check.report: a result for every drawn record and for no other."""

    findings = RowsField(FoundRow, label=_("逐项结果"), fixed=True)
    result = words(_("抽查结论"), rows=3)
    due_on = DayField(label=_("整改期限"), required=False, help_text=_("有问题时填写，由承接主体在该日前答复"))

    def prepare(self) -> None:
        drawn = cast(SpotCheck, self.subject).drawn
        self.initial["findings"] = [{"item": key, "result": Result.SOUND, "finding": ""} for key in drawn]

    def clean_findings(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["findings"]
        if sorted(row["item"] for row in rows) != sorted(cast(SpotCheck, self.subject).drawn):
            raise ValidationError(_("抽中的每一项都要有结果，也只能有一个结果"), code="items")
        return rows

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        wrong = any(row["result"] == Result.PROBLEM for row in data.get("findings", ()))
        if wrong and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", ValidationError(_("有问题的，请定整改期限"), code="required"))
        return data


class AnswerForm(ActionForm):
    answer = words(_("答复"), rows=4, most=2000)
    evidence = DocumentField(label=_("佐证材料"), required=False)


class VerdictForm(ActionForm):
    verdict = words(_("核实意见"), rows=3)


class ReopenForm(ReasonForm):
    due_on = DayField(label=_("新的期限"))


class SubmitForm(ActionForm):
    """feedback.submit: what a resident says. Who it is, only where they want to be reached."""

    nature = forms.ChoiceField(label=_("类别"), choices=[c for c in Feedback.Nature.choices if c[0] != OBJECTION])
    words = PersonalField(label=_("您想说什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    contact = PersonalField(
        label=_("联系方式"), max_length=120, required=False,
        help_text=_("只有受理单位看得到，不会给服务机构；您可以不留。"),
    )  # fmt: skip


class ObjectForm(ActionForm):
    """feedback.object: an objection to the result that a notice gives; without a name it is anonymous."""

    sender = forms.ChoiceField(label=_("您是"), choices=Feedback.Sender.choices)
    words = PersonalField(
        label=_("异议和理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("对哪一点有异议，根据什么事实"),
    )  # fmt: skip
    name = PersonalField(
        label=_("姓名或单位名称"), max_length=120, required=False,
        help_text=_("不填即为匿名，同样受理，答复在公告页公开"),
    )  # fmt: skip
    contact = PersonalField(
        label=_("联系方式"), max_length=120, required=False,
        help_text=_("只有负责答复的单位看得到，不会公开，也不会给中标单位"),
    )  # fmt: skip


class AcceptForm(ActionForm):
    hotline_number = forms.CharField(label=_("12345工单号"), max_length=40, required=False)


class TransferForm(ReasonForm):
    to = OrganisationField(label=_("转给"), queryset=Organisation.objects.none())

    def prepare(self) -> None:
        """Offices that stand in the purchase; never the provider."""
        purchase = cast(Feedback, self.subject).purchase
        kinds = [Organisation.Kind.STREET_OFFICE, Organisation.Kind.FINANCE]
        rows = Organisation.objects.filter(organisation_kind__in=kinds, division__in=purchase.division.path.split("/"))
        cast(OrganisationField, self.fields["to"]).queryset = rows.order_by("name", "pk")


class PublicAnswerForm(ActionForm):
    """feedback.answer and feedback.reply: everybody reads it, so a person's number in it is refused."""

    public_text = PublicText(label=_("公开的办理结果"), max_length=2000)
    without_persons = forms.BooleanField(label=_("已核对：不含姓名、电话、住址等个人信息"))


class ForgetForm(ReasonForm):
    """feedback.forget"""


class RecommendForm(ActionForm):
    """recommendation.make: to an organisation of the auditor's own place."""

    addressee = OrganisationField(label=_("致送单位"), queryset=Organisation.objects.none())
    about = RowField(label=_("有关采购"), queryset=Purchase.objects.none(), required=False)
    field = forms.ChoiceField(label=_("审计事项"), choices=Recommendation.Field.choices)
    finding = words(_("审计发现"), rows=4, most=2000)
    advice = words(_("建议"), rows=3, most=2000)
    due_on = DayField(label=_("请于何日前答复"), required=False)

    def prepare(self) -> None:
        path = cast(Recommendation, self.subject).auditor.division.path
        silent = [Organisation.Kind.AUDIT, Organisation.Kind.PUBLIC, Organisation.Kind.EXPERT_BODY]
        there = Organisation.objects.filter(division__path__startswith=path).exclude(organisation_kind__in=silent)
        cast(OrganisationField, self.fields["addressee"]).queryset = there.select_related("division").order_by("name")
        purchases = Purchase.objects.filter(division__path__startswith=path).order_by("title", "pk")
        cast(RowField, self.fields["about"]).queryset = purchases


class AuditForm(ActionForm):
    """audit.record"""

    audited_on = DayField(label=_("审计日期"))
    result = JudgementField(label=_("审计结果"), choices=Audit.Result.choices)
    findings = words(_("审计发现"), rows=4, most=4000)
    report = DocumentField(label=_("审计报告"), required=False)

    def prepare(self) -> None:
        if self.dossier is not None:
            self.initial.setdefault("audited_on", self.dossier.today)

    def clean_audited_on(self) -> Any:
        day = self.cleaned_data["audited_on"]
        if self.dossier is not None and day > self.dossier.today:
            raise ValidationError(_("不能晚于办理当日"), code="future")
        return day


class RaiseForm(ActionForm):
    """alert.raise: at one of the regime's levels."""

    level = forms.ChoiceField(label=_("预警级别"))
    risk = words(_("风险情况"), rows=4, most=2000)

    def prepare(self) -> None:
        if self.dossier is not None:
            known = [(one.id, one.name[language()]) for one in levels(self.dossier.regime)]
            cast(forms.ChoiceField, self.fields["level"]).choices = [("", _("请选择")), *known]


class MeasureForm(ActionForm):
    """alertmeasure.answer"""

    measures = words(_("处置措施"), rows=4, most=2000)


class ControlForm(ActionForm):
    """control.record: prefilled with what the purchaser recorded last."""

    title = forms.CharField(label=_("制度名称"), max_length=120)
    number = forms.CharField(label=_("制度文号"), max_length=60, required=False)
    issued_on = DayField(label=_("印发日期"), required=False)
    watcher = forms.CharField(label=_("负责内部监督的机构"), max_length=120)
    measures = words(_("对本项目的内部监督安排"), rows=3, most=2000)
    paper = DocumentField(label=_("制度文本"), required=False)

    def prepare(self) -> None:
        if self.dossier is None:
            return
        mine = InternalControl.objects.filter(purchase__opened_by=self.dossier.purchase.opened_by_id)
        last = mine.order_by("-pk").first()
        if last is not None:
            for name in ("title", "number", "issued_on", "watcher", "measures"):
                self.initial.setdefault(name, getattr(last, name))


class OpenViolationForm(ActionForm):
    """violation.open: about an organisation that stands in the purchase."""

    about = OrganisationField(label=_("当事单位"), queryset=Organisation.objects.none())
    what = words(_("违法违规行为"), rows=4, most=4000)
    provision = words(_("违反的规定"), rows=2, most=1000)
    evidence = DocumentField(label=_("证据材料"), required=False)

    def prepare(self) -> None:
        if self.dossier is None or self.actor is None:
            return
        held = Role.objects.filter(purchase=self.dossier.purchase, capacity__in=["purchaser", "provider", "agent"])
        there = Organisation.objects.filter(pk__in=held.values("organisation")).exclude(pk=self.actor.organisation_id)
        cast(OrganisationField, self.fields["about"]).queryset = there.select_related("division").order_by("name")


class StateViolationForm(ActionForm):
    """violationreply.give"""

    statement = words(_("陈述和申辩"), rows=4, most=4000)
    evidence = DocumentField(label=_("证明材料"), required=False)


class OutcomeRow(forms.Form):
    """One thing that was done about it."""

    outcome = forms.ChoiceField(label=_("处理方式"), choices=[("", _("请选择")), *Violation.Outcome.choices])
    authority = forms.CharField(label=_("作出决定或者接受移送的机关"), max_length=120)
    number = forms.CharField(label=_("文书号"), max_length=60)
    on = DayField(label=_("日期"))
    content = forms.CharField(label=_("内容"), max_length=300)


class DecideViolationForm(ActionForm):
    """violation.decide"""

    outcomes = RowsField(OutcomeRow, least=0, most=20, label=_("处理结果"))
    reasons = words(_("处理理由"), rows=3, most=2000)
    outcome_rows = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("处理结果的数目"))

    def clean(self) -> dict[str, Any]:
        """How many there are follows from what was typed."""
        data = super().clean() or self.cleaned_data
        return data | {"outcome_rows": len(data.get("outcomes", []))}
