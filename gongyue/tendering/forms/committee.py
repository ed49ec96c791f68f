"""How a committee is made up, drawn, led, changed; and what its members declare when they come."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.drawing import digest, list_digest
from gongyue.kernel.fields import DayField, DocumentField, JudgementField, MomentField
from gongyue.kernel.findings import language
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation, Post, Role
from gongyue.tendering.composition import groups
from gongyue.tendering.models import Committee, PanelSeat, ScoreSheet, SignIn
from gongyue.tendering.models.committee import pool_key

from .common import personal, sealed, text
from .panel import PostsField

PURCHASER, GROUP = "purchaser", "group_"


def held(dossier: Dossier | None) -> QuerySet[Post]:
    """The posts that are held on the day of acting."""
    posts = Post.objects.filter(state=Post.State.HELD).select_related("organisation", "person")
    if dossier is not None:
        on = dossier.at.astimezone(LOCAL).date()
        posts = posts.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return posts.order_by("organisation__name", "person__name", "pk")


def experts(dossier: Dossier | None) -> QuerySet[Post]:
    return held(dossier).filter(organisation__organisation_kind=Organisation.Kind.EXPERT_BODY)


def purchasers(dossier: Dossier | None) -> QuerySet[Post]:
    """Who may sit for the purchaser: posts of the purchaser itself."""
    if dossier is None or dossier.purchase.pk is None:
        return Post.objects.none()
    own = Role.objects.filter(purchase=dossier.purchase, capacity=PURCHASER, until=None)
    return held(dossier).filter(organisation__in=own.values("organisation"))


def seated(committee: Committee) -> QuerySet[PanelSeat]:
    rows = PanelSeat.objects.filter(tender=committee.tender_id, left_at=None)
    return rows.select_related("post__organisation", "post__person").order_by("pk")


def _checkboxes(label: Any, **options: Any) -> PostsField:
    widget = forms.CheckboxSelectMultiple
    return sealed(PostsField(label=label, queryset=Post.objects.none(), widget=widget, **options))


class _SeatChoice(forms.TypedChoiceField):
    """One of those who sit now, by the key of the post."""

    sealed = True
    opaque = True

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[], coerce=int, **options)

    def of(self, committee: Committee) -> None:
        self.choices = lambda: [("", _("请选择")), *((seat.post_id, str(seat.post)) for seat in seated(committee))]


class FormCommitteeForm(ActionForm):
    """committee.form: of how many, and where the experts come from. An own draw has its list and seed fixed with it."""

    size = forms.IntegerField(label=_("成员人数"), min_value=1, max_value=99)
    experts = forms.IntegerField(label=_("其中评审专家人数"), min_value=0, max_value=99)
    larger = forms.ChoiceField(
        label=_("须增加人数的情形"), choices=[("", _("没有")), *Committee.Larger.choices], required=False
    )
    way = JudgementField(label=_("专家产生方式"), choices=Committee.Way.choices)
    basis = text(
        _("自行选定的理由和同意文件"), required=False, rows=3,
        help_text=_("只在自行选定时填写：为什么随机抽取难以确定合适的专家，主管预算单位以哪一份文件同意"),
    )  # fmt: skip
    beacon = forms.CharField(
        label=_("抽取所用的公开数字"), max_length=120, required=False,
        help_text=_("只在由本系统抽取时填写：以后才公布、谁也不能事先知道的数字，例如某一期福利彩票的开奖号码，写明名称和期号"),
    )  # fmt: skip
    beacon_on = DayField(
        label=_("公开数字的公布日期"), required=False, help_text=_("须在今天以后；公布以后才能抽取"),
    )  # fmt: skip
    representatives = _checkboxes(_("采购人代表"), required=False)
    secret = sealed(forms.CharField(required=False, widget=forms.HiddenInput))
    pool = sealed(forms.Field(required=False, widget=forms.HiddenInput))
    seed_sha256 = forms.CharField(label=_("抽签种子的散列值"), required=False, widget=forms.HiddenInput)
    pool_sha256 = forms.CharField(label=_("专家名单的散列值"), required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        field: PostsField = self.fields["representatives"]  # type: ignore[assignment]
        field.queryset = purchasers(self.dossier)
        if self.dossier is None or not groups(self.dossier.regime):
            way: forms.ChoiceField = self.fields["way"]  # type: ignore[assignment]
            way.choices = [("", _("请选择")), *[one for one in Committee.Way.choices if one[0] != Committee.Way.GROUPS]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data |= {"secret": "", "pool": [], "seed_sha256": "", "pool_sha256": ""}
        if self.errors:
            return data
        if data["experts"] + len(data["representatives"]) > data["size"]:
            self.add_error("size", ValidationError(_("专家和采购人代表合计超过了成员人数"), code="size"))
        if data["way"] == Committee.Way.OWN:
            self._awaited(data)
            data |= self._fixed(data["experts"])
        else:
            data |= {"beacon": "", "beacon_on": None}
        return data

    def _awaited(self, data: dict[str, Any]) -> None:
        """A number that is public only later: who could read the seed cannot choose it, nor try one after another."""
        if not data["beacon"]:
            self.add_error("beacon", ValidationError(_("请写明用哪一个公开数字"), code="required"))
        if data["beacon_on"] is None:
            self.add_error("beacon_on", ValidationError(_("请填写公布日期"), code="required"))
        elif self.dossier is not None and data["beacon_on"] <= self.dossier.today:
            self.add_error("beacon_on", ValidationError(_("公布日期须在今天以后"), code="known"))

    def _fixed(self, wanted: int) -> dict[str, Any]:
        """The list in its order and a seed that nobody has seen, with the digests that go into the ledger."""
        keys = [pool_key(post) for post in experts(self.dossier).order_by("pk").values_list("pk", flat=True)]
        if len(keys) < wanted:
            words = ValidationError(_("登记的专家只有 %(n)s 名，不够抽取"), code="pool", params={"n": len(keys)})
            self.add_error("experts", words)
        seed = secrets.token_hex(32)
        return {"secret": seed, "pool": keys, "seed_sha256": digest(seed), "pool_sha256": list_digest(keys)}


class SeatForm(ActionForm):
    """committee.seat: what it takes depends on where the experts come from; the other fields are not asked."""

    record_number = forms.CharField(label=_("抽取记录编号"), max_length=80)
    drawn_at = MomentField(label=_("抽取时间"))
    drawer = personal(forms.CharField(label=_("抽取人"), max_length=60))
    supervisor = personal(forms.CharField(label=_("监督人"), max_length=60))
    experts = _checkboxes(_("抽中的专家"))
    reserves = _checkboxes(_("备选专家"), required=False)
    paper = DocumentField(label=_("专家抽取单"), restricted=True)
    witness = forms.RegexField(
        r"^[0-9]{1,40}$", label=_("公布的数字"), max_length=40,
        error_messages={"invalid": _("只填数字，按公布的先后连写，不加空格和标点")},
    )  # fmt: skip
    attendance = personal(text(_("在场人员"), rows=2))
    members = sealed(forms.Field(label=_("按类别确定的成员"), required=False, widget=forms.HiddenInput))
    supervisors = forms.IntegerField(label=_("其中财政部门的人数"), required=False, widget=forms.HiddenInput)

    ASKED = {
        Committee.Way.OFFICIAL: {"record_number", "drawn_at", "drawer", "supervisor", "experts", "reserves", "paper"},
        Committee.Way.OWN: {"witness", "attendance"},
        Committee.Way.SELECTED: {"experts"}, Committee.Way.GROUPS: {"members", "supervisors"},
    }  # fmt: skip

    def prepare(self) -> None:
        committee = self.subject
        assert isinstance(committee, Committee)
        asked = self.ASKED.get(Committee.Way(committee.way), set()) if committee.way else set(self.fields)
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        for name in ("experts", "reserves"):
            if name in self.fields:
                field: PostsField = self.fields[name]  # type: ignore[assignment]
                field.queryset = experts(self.dossier)
        if "witness" in self.fields and committee.beacon:
            words = _("%(beacon)s（%(day)s公布），按公布的先后连写，位数照原样；种子、名单和用哪个数字早已封存")
            self.fields["witness"].help_text = words % {"beacon": committee.beacon, "day": committee.beacon_on}
        if committee.way == Committee.Way.SELECTED:
            self.fields["experts"].label = _("选定的专家")
        if committee.way == Committee.Way.GROUPS and self.dossier is not None:
            for group in groups(self.dossier.regime):
                field = _checkboxes(group.name[language()], required=False)
                field.queryset = held(self.dossier)
                self.fields[GROUP + group.id] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = {name: data.pop(name) for name in list(data) if name.startswith(GROUP)}
        if "members" in self.fields:
            rows = [(post.pk, name.removeprefix(GROUP)) for name, posts in chosen.items() for post in posts]
            data["members"] = rows
            sitting = {post.pk: post.organisation.organisation_kind for posts in chosen.values() for post in posts}
            data["supervisors"] = sum(kind == Organisation.Kind.FINANCE for kind in sitting.values())
            if len({post for post, _group in rows}) < len(rows):
                self.add_error(None, ValidationError(_("同一人只能列入一个类别"), code="twice"))
        committee = self.subject
        if self.errors or not isinstance(committee, Committee):
            return data
        day, today = committee.beacon_on, self.dossier.today if self.dossier is not None else None
        if "witness" in data and day is not None and today is not None and today < day:
            self.add_error(
                "witness", ValidationError(_("%(day)s才公布，现在还不能抽取"), code="early", params={"day": day})
            )
        if "experts" in data and len(data["experts"]) != committee.experts:
            words = _("组建方案定的是 %(n)s 名专家")
            self.add_error("experts", ValidationError(words, code="count", params={"n": committee.experts}))
        if set(data.get("experts", ())) & set(data.get("reserves", ())):
            self.add_error("reserves", ValidationError(_("备选专家不能是已经抽中的专家"), code="twice"))
        if "reserves" in self.fields and not self.errors:
            told = [str(one) for one in self["reserves"].value() or []]  # in this order they step in
            data["reserves"] = sorted(data["reserves"], key=lambda post: told.index(str(post.pk)))
        return data


class LeadForm(ActionForm):
    """committee.lead: whom the members chose."""

    leader = _SeatChoice(label=_("推选出的评标组长"))
    leader_part = forms.CharField(label=_("组长的身份"), required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        committee = self.subject
        assert isinstance(committee, Committee)
        chosen: _SeatChoice = self.fields["leader"]  # type: ignore[assignment]
        chosen.of(committee)

    def clean(self) -> dict[str, Any]:
        """As what the one chosen sits there: a rule looks at it, never at who it is."""
        data = super().clean() or self.cleaned_data
        committee = self.subject
        if isinstance(committee, Committee) and "leader" in data:
            seat = seated(committee).filter(post=data["leader"]).first()
            data["leader_part"] = seat.part if seat is not None else ""
        return data


class ReplaceForm(ActionForm):
    """committee.replace: who leaves and why, and who steps in: the first in reserve, or whom another draw of the pool
    names. An expert who is neither was picked."""

    CAUSES = [("absent", _("缺席")), ("recused", _("回避")), ("health", _("健康原因")), ("other", _("其他特殊原因"))]

    leaver = _SeatChoice(label=_("被更换的成员"))
    cause = JudgementField(label=_("更换原因"), choices=CAUSES)
    reason = sealed(
        text(_("情况说明"), rows=3, help_text=_("写明何时、因何不能参加；其已作出的评标意见无效，原评分留存备查"))
    )
    successor = sealed(
        forms.ModelChoiceField(
            label=_("补入的成员"), queryset=Post.objects.none(),
            help_text=_("评审专家从备选专家中依次补入；没有备选的，重新抽取后补入"),
        )
    )  # fmt: skip
    record_number = forms.CharField(
        label=_("重新抽取的记录编号"), max_length=80, required=False,
        help_text=_("补入的不是备选专家中的第一名的，须在专家库重新抽取，填写新的抽取记录编号并附抽取单"),
    )  # fmt: skip
    paper = DocumentField(label=_("重新抽取的抽取单"), required=False, restricted=True)
    picked = forms.BooleanField(label=_("补入的专家是否直接指定"), required=False, widget=forms.HiddenInput)
    scored = forms.BooleanField(label=_("被更换的成员是否已提交评分"), required=False, widget=forms.HiddenInput)
    stepped_aside = forms.BooleanField(
        label=_("被更换的成员本人是否申请回避"), required=False, widget=forms.HiddenInput
    )  # fmt: skip

    def prepare(self) -> None:
        committee = self.subject
        assert isinstance(committee, Committee)
        leaver: _SeatChoice = self.fields["leaver"]  # type: ignore[assignment]
        leaver.of(committee)
        successor: forms.ModelChoiceField[Post] = self.fields["successor"]  # type: ignore[assignment]
        sitting = seated(committee).values("post")
        known, official = experts(self.dossier), committee.way == Committee.Way.OFFICIAL
        if committee.reserves and not official:
            known = known.filter(pk__in=committee.reserves)
        successor.queryset = (known | purchasers(self.dossier)).exclude(pk__in=sitting).distinct()
        if not official:
            for name in ("record_number", "paper"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A representative is followed by a representative, an expert by an expert."""
        data = super().clean() or self.cleaned_data
        committee = self.subject
        if self.errors or not isinstance(committee, Committee):
            return data
        seat = seated(committee).get(post=data["leaver"])
        expert = data["successor"].organisation.organisation_kind == Organisation.Kind.EXPERT_BODY
        if expert != (seat.part == PanelSeat.Part.EXPERT) and not seat.category:
            self.add_error("successor", ValidationError(_("补入的成员须与被更换的成员身份相同"), code="part"))
        number = data.get("record_number", "")
        if number and number == committee.record_number:
            self.add_error("record_number", ValidationError(_("这是原来的抽取记录编号"), code="same"))
        if number and not data.get("paper"):
            self.add_error("paper", ValidationError(_("请附重新抽取的抽取单"), code="required"))
        if self.errors:
            return data
        theirs = {"tender": committee.tender_id, "post": seat.post_id}
        given = ScoreSheet.objects.filter(**theirs).exclude(state=ScoreSheet.State.VOID)
        data["scored"] = given.exists()
        data["stepped_aside"] = SignIn.objects.filter(**theirs, state=SignIn.State.RECUSED).exists()
        data["picked"] = seat.part == PanelSeat.Part.EXPERT and not number and self._out_of_turn(committee, data)
        return data

    @staticmethod
    def _out_of_turn(committee: Committee, data: dict[str, Any]) -> bool:
        """Of a committee that was drawn: whether the one who steps in is not the first who waits."""
        drawn = committee.way in {Committee.Way.OFFICIAL, Committee.Way.OWN}
        return drawn and data["successor"].pk not in committee.reserves[:1]


class DissolveForm(ActionForm):
    """committee.dissolve"""

    ground = JudgementField(label=_("解散的情形"), choices=Committee.Ground.choices)
    reason = sealed(
        text(_("情况说明"), rows=3, help_text=_("原评标委员会作出的评标意见一律无效，投标文件和开标、评标资料封存"))
    )


class ReportDissolutionForm(ActionForm):
    """committee.report"""

    number = forms.CharField(label=_("报告文号"), max_length=60)
    reported_on = DayField(label=_("报告日期"), past=True)
    paper = DocumentField(label=_("书面报告"), restricted=True)


class OpenDrawForm(ActionForm):
    """committee.open: the seed is opened into the entry, with the list and the number that was told."""

    opened_seed = forms.CharField(label=_("公开的抽签种子"), required=False, widget=forms.HiddenInput)
    opened_pool = forms.Field(label=_("公开的专家名单"), required=False, widget=forms.HiddenInput)
    opened_pool.opaque = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        committee = self.subject
        assert isinstance(committee, Committee)
        return self.cleaned_data | {"opened_seed": committee.seed_value, "opened_pool": committee.pool}


class SignInForm(ActionForm):
    """signin.sign: the declarations are the member's own, none of them is ticked beforehand."""

    discipline = forms.BooleanField(label=_("本人已知悉评标纪律和应当回避的情形，独立评审，不私下接触投标人"))
    confidential = forms.BooleanField(
        label=_("本人对评标情况和评标中获悉的国家秘密、商业秘密保密，不记录、复制或者带走评标资料")
    )
    relation = personal(
        forms.ChoiceField(label=_("本人与各投标人的关系"), choices=SignIn.Relation.choices, widget=forms.RadioSelect)
    )
    untied = forms.BooleanField(label=_("声明没有应当回避的关系"), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Which relation it is stays the member's own affair; a rule looks at whether there is one."""
        data = super().clean() or self.cleaned_data
        return data | {"untied": data.get("relation") == SignIn.Relation.NONE}


class RecuseForm(ActionForm):
    """signin.recuse: which relation it is, in the member's own words."""

    relation = personal(
        forms.ChoiceField(
            label=_("应当回避的关系"), widget=forms.RadioSelect,
            choices=[choice for choice in SignIn.Relation.choices if choice[0] != SignIn.Relation.NONE],
        )
    )  # fmt: skip
    reason = sealed(text(_("说明"), rows=3, help_text=_("与哪一家投标人是什么关系")))
