"""A service record, entered on a phone or as a row of a file; its correction."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue import clock
from gongyue.contracts.queries import contract_of
from gongyue.delivery.models import Client, ServiceKind, ServiceRecord, TeamMember
from gongyue.kernel.fields import BatchField, DayField, DocumentField, NamedChoiceField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Post, Purchase
from gongyue.parties.forms import PersonalField, RowField

from .service import EARLY, FUTURE, LATE, ServiceForm, everybody, items

MINUTES = 24 * 60
CROWD = 100_000
NO_NAMES = _("不写姓名、证件号")
KEPT = ("served_on", "service_kind", "worker", "item", "clients", "people", "times", "direct", "indirect", "note")


class CodesField(forms.CharField):
    """Codes of the client register, however they are separated; kept with one space between them."""

    known: frozenset[str] = frozenset()

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        for sign in "，,、；;\t\n":
            text = text.replace(sign, " ")
        return " ".join(dict.fromkeys(text.split()))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if missing := [code for code in str(value).split() if code not in self.known]:
            raise ValidationError(
                _("服务对象登记中没有：%(codes)s"), code="unknown", params={"codes": "、".join(missing[:5])}
            )


class TermDayField(DayField):
    """A day of service: within the contract's term, and come."""

    first: date | None = None
    last: date | None = None
    today: date | None = None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None or self.first is None or self.last is None or self.today is None:
            return
        if value < self.first:
            raise ValidationError(EARLY, code="early", params={"day": self.first.isoformat()})
        if value > self.last:
            raise ValidationError(LATE, code="late", params={"day": self.last.isoformat()})
        if value > self.today:
            raise ValidationError(FUTURE, code="future")


class RecordForm(ServiceForm):
    """Few taps: what was entered last comes first."""

    served_on = TermDayField(label=_("服务日期"))
    service_kind = forms.ChoiceField(label=_("类型"), choices=ServiceKind.choices)
    worker = RowField(label=_("社工"), queryset=TeamMember.objects.none())
    item = forms.ChoiceField(label=_("服务项目"))
    clients = CodesField(
        label=_("服务对象编号"), max_length=300, required=False, help_text=_("几人之间用空格；小组、活动可只填人数")
    )
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=CROWD, required=False)
    times = forms.IntegerField(label=_("人次"), min_value=1, max_value=CROWD, required=False)
    direct = forms.IntegerField(label=_("直接服务（分钟）"), min_value=0, max_value=MINUTES, initial=60)
    indirect = forms.IntegerField(
        label=_("间接服务（分钟）"), min_value=0, max_value=MINUTES, initial=0, required=False
    )
    note = PersonalField(
        label=_("简要记录"), max_length=300, required=False, help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    sheet = DocumentField(label=_("照片或签到表"), required=False, restricted=True)

    def prepare(self) -> None:
        cast(RowField, self.fields["worker"]).queryset = everybody(self.purchase)
        cast(forms.ChoiceField, self.fields["item"]).choices = [(item, item) for item in items(self.purchase)]
        _bound(cast(TermDayField, self.fields["served_on"]), self.purchase, self.today)
        if self.is_bound:
            cast(CodesField, self.fields["clients"]).known = codes(self.purchase)
        else:
            self.initial.update(self.first_values())

    def first_values(self) -> dict[str, Any]:
        return {"served_on": self.today} | (last_entered(self.purchase, self.actor) if self.actor else {})

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if "clients" in given and not given["clients"] and not given.get("people") and "people" not in self.errors:
            self.refuse("people", _("请填写服务对象编号或人数"))
        people = given.get("people") or len(given.get("clients", "").split())
        given["people"], given["indirect"] = people, given.get("indirect") or 0
        given["times"] = given.get("times") or people
        if "times" not in self.errors and given["times"] < people:
            self.refuse("times", _("人次不能少于人数"))
        self._served()
        return given

    def _served(self) -> None:
        worker, on = self.cleaned_data.get("worker"), self.cleaned_data.get("served_on")
        if worker is None or on is None:
            return
        if (worker.since and on < worker.since) or (worker.until and on >= worker.until):
            self.refuse("worker", _("该社工当日不在岗"))


class CorrectForm(RecordForm):
    """What the record should say, and why it did not; what it said is kept."""

    reason = forms.CharField(label=_("更正理由"), max_length=200)

    def first_values(self) -> dict[str, Any]:
        record = cast(ServiceRecord, self.subject)
        return {name: getattr(record, f"{name}_id" if name == "worker" else name) for name in KEPT}


class RecordRow(forms.Form):
    """A record as a row of a file; the labels are its columns. `about` fits it to its purchase.

    There is no column for a note: rows are covered by a hash without salt, and free text may name somebody.
    """

    served_on = TermDayField(label=_("服务日期"), help_text=_("在合同资助期内，不晚于上传当日，例如 2010-11-01"))
    service_kind = NamedChoiceField(label=_("类型"), choices=ServiceKind.choices)
    worker = NamedChoiceField(label=_("工号"), choices=[])
    item = NamedChoiceField(label=_("服务项目"), choices=[])
    clients = CodesField(
        label=_("服务对象编号"),
        max_length=300,
        required=False,
        help_text=_("可不填；填的须已登记，几人之间用空格或顿号"),
    )
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=CROWD, help_text=_("整数，个案也要填"))
    times = forms.IntegerField(label=_("人次"), min_value=1, max_value=CROWD, help_text=_("整数，个案也要填"))
    direct = forms.IntegerField(label=_("直接服务（分钟）"), min_value=0, max_value=MINUTES, help_text=_("整数"))
    indirect = forms.IntegerField(
        label=_("间接服务（分钟）"), min_value=0, max_value=MINUTES, help_text=_("整数，没有的填 0")
    )

    def about(self, purchase: Purchase) -> None:
        """Which workers, items, codes and days there are. Four queries."""
        workers = everybody(purchase).values_list("code", flat=True)
        cast(NamedChoiceField, self.fields["worker"]).choices = [(code, code) for code in workers]
        cast(NamedChoiceField, self.fields["item"]).choices = [(item, item) for item in items(purchase)]
        cast(CodesField, self.fields["clients"]).known = codes(purchase)
        _bound(cast(TermDayField, self.fields["served_on"]), purchase, clock.today())


class ImportForm(ActionForm):
    batch = BatchField(kind="delivery.records", row=RecordRow, label=_("服务记录"))


def codes(purchase: Purchase) -> frozenset[str]:
    """The codes of the register as it stands."""
    rows = Client.objects.filter(purchase=purchase, state=Client.State.REGISTERED)
    return frozenset(rows.values_list("code", flat=True))


def last_entered(purchase: Purchase, post: Post) -> dict[str, Any]:
    """Kind, worker and item of the record that this post typed in last here; with nothing typed, nothing."""
    last = ServiceRecord.objects.filter(entered_by=post, batch=None, purchase=purchase).order_by("-pk").first()
    if last is None:
        return {}
    return {
        "service_kind": last.service_kind, "worker": last.worker_id, "item": last.item, "direct": last.direct,
    }  # fmt: skip


def _bound(field: TermDayField, purchase: Purchase, today: date) -> None:
    contract = contract_of(purchase, today)
    if contract is not None:
        field.first, field.last, field.today = contract.starts_on, contract.ends_on, today
