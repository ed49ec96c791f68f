"""What the registrar enters, and what somebody who stands aside says."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from gongyue.clock import LOCAL
from gongyue.kernel import regimes
from gongyue.kernel.capacities import territorial
from gongyue.kernel.fields import DayField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Division, Organisation, Person, Post
from gongyue.ledger.models import Entry
from gongyue.parties import queries

ORGANS = frozenset({
    Organisation.Kind.STREET_OFFICE, Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE,
    Organisation.Kind.AUDIT, Organisation.Kind.LEGAL, Organisation.Kind.DEPARTMENT, Organisation.Kind.GOVERNMENT,
    Organisation.Kind.INSPECTION, Organisation.Kind.DEVELOPMENT,
    Organisation.Kind.CENTRAL_AGENCY, Organisation.Kind.CONGRESS, Organisation.Kind.CONSULTATIVE,
})  # fmt: skip
CODE_LENGTH = 18


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of rows; rules ask facts about the row, never the row."""

    opaque = True


class PersonalField(forms.CharField):
    """Text about a person: kept out of rules and of the ledger's leaf."""

    personal = True


class RegisterForm(ActionForm):
    """An organisation, as its certificate says."""

    name = forms.CharField(label=_("名称"), max_length=120)
    organisation_kind = forms.ChoiceField(label=_("类别"), choices=Organisation.Kind.choices)
    registration = forms.ChoiceField(
        label=_("登记类型"), choices=Organisation.Registration.choices, required=False, help_text=_("机关不填")
    )
    body = forms.ChoiceField(
        label=_("主体性质"), choices=[("", _("按类别认定")), *Organisation.Body.choices], required=False,
        help_text=_("作为购买主体的机关、群团组织和事业单位须填写；民政、财政、审计、法制部门和街道办事处可按类别认定"),
    )  # fmt: skip
    division = RowField(label=_("所在区划"), queryset=Division.objects.none())
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, required=False, help_text=_("机关可不填，其他机构必填")
    )
    credit_code_override = forms.CharField(label=_("代码未通过校验仍登记的理由"), max_length=200, required=False)

    def prepare(self) -> None:
        if self.actor is not None:
            choices = cast(RowField, self.fields["division"])
            choices.queryset = queries.divisions(self.actor)

    def clean_credit_code(self) -> str:
        """Without separators, in capitals; one organisation a code."""
        code = uscc.compact(self.cleaned_data["credit_code"])
        if len(code) > CODE_LENGTH:
            raise forms.ValidationError(_("统一社会信用代码为 18 位"), code="length")
        if code and Organisation.objects.filter(credit_code=code).exists():
            raise forms.ValidationError(_("该统一社会信用代码已登记"), code="duplicate")
        return code

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        kind, registration, code = given.get("organisation_kind"), given.get("registration"), given.get("credit_code")
        if kind in ORGANS and registration:
            self.add_error("registration", forms.ValidationError(_("机关不填登记类型"), code="organ"))
        if kind == Organisation.Kind.SOCIAL_ORGANISATION and not registration:
            self.add_error("registration", forms.ValidationError(_("请选择社会组织的登记类型"), code="required"))
        if code == "" and kind not in ORGANS and registration:
            self.add_error("credit_code", forms.ValidationError(_("请填写统一社会信用代码"), code="required"))
        self._check(code or "")
        self._place(given.get("name"), kind, given.get("division"))
        return given

    def _check(self, code: str) -> None:
        """A wrong code needs a reason; a right one needs none, and keeps none."""
        if not code or uscc.is_valid(code):
            self.cleaned_data["credit_code_override"] = ""
        elif not self.cleaned_data.get("credit_code_override"):
            wrong = _("代码的长度、字符或校验位不对；确需如此登记的，请填写理由")
            self.add_error("credit_code", forms.ValidationError(wrong, code="check"))

    def _place(self, name: str | None, kind: str | None, division: Division | None) -> None:
        if division is None:
            return
        if kind == Organisation.Kind.STREET_OFFICE and division.level != Division.Level.STREET:
            self.add_error("division", forms.ValidationError(_("街道办事处请选择其街道"), code="level"))
        if Organisation.objects.filter(division=division, organisation_kind=kind, name=name).exists():
            self.add_error("name", forms.ValidationError(_("该区划已登记同类同名机构"), code="duplicate"))


class AssignForm(ActionForm):
    """A person's seat. A username that is not known yet becomes a new person."""

    organisation = RowField(label=_("机构"), queryset=Organisation.objects.none())
    username = PersonalField(label=_("用户名"), max_length=60, validators=[UnicodeUsernameValidator()])
    name = PersonalField(label=_("姓名"), max_length=60)
    title = forms.CharField(label=_("岗位名称"), max_length=60)
    since = DayField(label=_("任职日期"))

    def prepare(self) -> None:
        if self.actor is not None:
            choices = cast(RowField, self.fields["organisation"])
            choices.queryset = queries.organisations(self.actor)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        person = Person.objects.filter(username=given.get("username", "")).first()
        if person is not None and "name" in given and person.name != given["name"]:
            self.add_error("username", forms.ValidationError(_("该用户名已属于另一姓名的人员"), code="other"))
        same = Post.objects.filter(
            person=person, organisation=given.get("organisation"), title=given.get("title"), state=Post.State.HELD
        )
        if person is not None and given.get("organisation") and same.exists():
            self.add_error("title", forms.ValidationError(_("此人已在该机构任同一岗位"), code="duplicate"))
        return given


class PersonalEmailField(forms.EmailField):
    """An address: kept out of rules and of the ledger's leaf."""

    personal = True


class MailForm(ActionForm):
    """Where a person is reminded once a day; empty: nowhere."""

    email = PersonalEmailField(
        label=_("提醒邮箱"), max_length=254, required=False,
        help_text=_("每天最多一封，列出逾期、即将到期和新收到的事项；不填则不发"),
    )  # fmt: skip

    def prepare(self) -> None:
        self.initial["email"] = cast(Post, self.subject).person.email

    def clean(self) -> dict[str, Any]:
        """One's own, or anybody's for who assigns posts."""
        post = cast(Post, self.subject)
        if self.actor is not None and self.actor.person_id != post.person_id and not self._registrar(self.actor, post):
            self.add_error("email", forms.ValidationError(_("只能设置本人的提醒邮箱"), code="owner"))
        return self.cleaned_data

    def _registrar(self, actor: Post, post: Post) -> bool:
        regime = regimes.current(post.regime_code)
        who = regime.who("post.assign")
        return who is not None and bool(territorial(actor.organisation, post.place, regime) & set(who.capacities))


class HandOverForm(ActionForm):
    """Who leaves when, and who carries on with what is still open."""

    until = DayField(label=_("离任日期"), help_text=_("自该日起不再在任"))
    successor = RowField(label=_("接任岗位"), queryset=Post.objects.none(), required=False)

    @property
    def post(self) -> Post:
        return cast(Post, self.subject)

    def prepare(self) -> None:
        choices = cast(RowField, self.fields["successor"])
        choices.queryset = queries.successors(self.post)
        self.initial["successor"] = queries.successors(self.post).first()

    def clean(self) -> dict[str, Any]:
        until = self.cleaned_data.get("until")
        if until is not None and until < self.post.since:
            self.add_error("until", forms.ValidationError(_("离任不能早于任职日期"), code="order"))
        elif until is not None and (last := self._last_act()) is not None and until <= last:
            late = _("该岗位 %(day)s 还有办理记录，离任日期须在其后")
            self.add_error("until", forms.ValidationError(late, code="acted", params={"day": last.isoformat()}))
        if "successor" in self.cleaned_data and self.cleaned_data["successor"] is None:
            self._fall_back()
        return self.cleaned_data

    def _last_act(self) -> date | None:
        acts = Entry.objects.filter(person_id=self.post.person_id, post_id=self.post.pk)
        last = acts.aggregate(last=Max("at"))["last"]
        return last.astimezone(LOCAL).date() if last else None

    def _fall_back(self) -> None:
        """Nobody named: what is open goes to the post that has stood longest. Nothing may be left without an owner."""
        waiting = queries.clocks(self.post).count()
        heir = queries.successors(self.post).first()
        if heir is None and waiting:
            nobody = _("尚有 %(n)s 项未办结，而机构没有其他在岗岗位，请先任命接任者")
            self.add_error("successor", forms.ValidationError(nobody, code="open", params={"n": waiting}))
        elif heir is None and self.actor is not None and self.actor.organisation_id == self.post.organisation_id:
            alone = _("这是登记机关最后一个在岗岗位，请先任命接任者")
            self.add_error("successor", forms.ValidationError(alone, code="last"))
        elif waiting:
            self.cleaned_data["successor"] = heir


class RecuseForm(ActionForm):
    """Why somebody stands aside: about a person, so the ledger keeps a commitment to it only."""

    reason = PersonalField(label=_("回避理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
