"""争议: what a supplier asks of the purchaser at any time, and what it challenges of documents, process or result."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.policy import Regime

from .bid import Bid, live
from .parts import acts_on, buys
from .supply import Package
from .tender import Tender

WATCHERS = frozenset({Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE, Organisation.Kind.AUDIT})


class Link(models.TextChoices):
    """采购程序环节: what a challenge is about, in the order of the procedure."""

    DOCUMENTS = "documents", _("采购文件")
    OPENING = "opening", _("采购过程：开标")
    REVIEW = "review", _("采购过程：资格审查")
    EVALUATION = "evaluation", _("采购过程：评标")
    RESULT = "result", _("中标结果")


class Dispute(PurchaseSubject):
    """Between a supplier and the purchaser who answers it. Whether anybody disputes, and who, is as secret as who took
    the documents until the bids are opened; from then on those who supervise know of it, of talks with the result;
    other suppliers never."""

    section = "disputes"
    staged = False
    dated = True
    follows: ClassVar[type[PurchaseSubject] | None] = Tender
    remedy = ""
    related: ClassVar[tuple[str, ...]] = ("tender", "organisation", "respondent")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("供应商"))
    respondent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("答复单位")
    )

    class Meta:
        abstract = True

    @property
    def owner(self) -> Organisation | None:
        """The supplier brings it; whose capacity it is handles it."""
        return self.organisation if not self.state else None

    def visible_to(self, actor: Post) -> bool:
        if actor.organisation_id in (self.organisation_id, self.respondent_id):
            return True
        open_to = self.tender.opened_at is not None and not self.tender.discreet
        if open_to and actor.organisation.organisation_kind in WATCHERS:
            return True
        return buys(self.purchase, actor) or acts_on(self.kind, self.purchase, actor)


def supplier(dossier: Dossier | None, actor: Post) -> Tender | None:
    """The latest call that was announced, for a post of a social organisation."""
    tender = dossier.latest(Tender) if dossier else None
    social = actor.organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
    return tender if tender is not None and tender.announced_at is not None and social else None


class Question(Dispute):
    """采购活动询问: anything about the purchase, at any time, answered to the one who asks (an `Enquiry` is about the
    documents of a standing call, and its answer is everybody's)."""

    kind = "question"
    called = _("采购活动询问")

    class State(models.TextChoices):
        ASKED = "asked", _("已提出")
        ANSWERED = "answered", _("已答复")

    text = models.TextField(_("询问内容"))
    asked_at = models.DateTimeField(_("提出时间"))
    answer = models.TextField(_("答复内容"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    def __str__(self) -> str:
        return str(_("第 %(number)s 号") % {"number": self.pk})

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        tender = supplier(dossier, actor)
        return [cls(purchase=tender.purchase, tender=tender, organisation=actor.organisation)] if tender else []


class Challenge(Dispute):
    """质疑: in writing, by a supplier that holds itself harmed, about one link of the procedure."""

    kind = "challenge"
    called = _("质疑")

    class State(models.TextChoices):
        LODGED = "lodged", _("已提出")
        ACCEPTED = "accepted", _("已受理")
        ANSWERED = "answered", _("已答复")
        RETURNED = "returned", _("已退回")

    class Outcome(models.TextChoices):
        UNFOUNDED = "unfounded", _("质疑不成立")
        HARMLESS = "harmless", _("质疑成立，未对结果构成影响")
        UPHELD = "upheld", _("质疑成立，影响或者可能影响结果")

    class Then(models.TextChoices):
        GO_ON = "go_on", _("继续开展采购活动")
        CORRECT = "correct", _("澄清或者修改采购文件后继续开展")
        RESTART = "restart", _("修改采购文件后重新开展采购活动")
        NEXT = "next", _("从合格的候选人中另行确定中标供应商")
        ANEW = "anew", _("重新开展采购活动")

    class Return(models.TextChoices):
        LATE = "late", _("超过法定质疑期")
        NOT_ENTITLED = "not_entitled", _("提出人没有参加所质疑的采购活动，也没有获取所质疑的采购文件")
        REPEATED = "repeated", _("采购文件要求一次性提出，同一环节已经提出过")

    link = models.CharField(_("质疑的环节"), max_length=12, choices=Link)
    address = models.CharField(_("供应商地址和邮编"), max_length=200, blank=True)
    matters = models.TextField(_("质疑事项"))
    request = models.TextField(_("与质疑事项相关的请求"), blank=True)
    grounds = models.TextField(_("事实依据"), blank=True)
    basis = models.TextField(_("法律依据"), blank=True)
    knew_on = models.DateField(_("知道或者应知权益受损之日"), null=True)
    posted_on = models.DateField(_("交邮日期"), null=True)
    starts_on = models.DateField(_("质疑期起算之日"), null=True)
    lodged_at = models.DateTimeField(_("收到质疑函的时间"), null=True)
    may_affect = models.BooleanField(_("是否可能影响中标结果"), null=True)
    effect_reason = models.TextField(_("判断的理由"), blank=True)
    halted = models.BooleanField(_("已通知中止履行合同"), null=True)
    returned_for = models.CharField(_("退回的原因"), max_length=14, choices=Return, blank=True)
    return_reason = models.TextField(_("退回的理由"), blank=True)
    outcome = models.CharField(_("质疑答复结论"), max_length=10, choices=Outcome, blank=True)
    then = models.CharField(_("处理"), max_length=10, choices=Then, blank=True)
    answer = models.TextField(_("答复内容"), blank=True)
    answer_facts = models.TextField(_("答复的事实依据"), blank=True)
    answer_basis = models.TextField(_("答复的法律依据"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    reported_on = models.DateField(_("向财政部门报告结果改变的日期"), null=True)

    def __str__(self) -> str:
        return f"{self.get_link_display()} · {self.organisation}"

    @property
    def seed(self) -> str:
        return self.link

    @property
    def seed_words(self) -> str:
        return str(self.get_link_display())

    @property
    def standing(self) -> bool:
        """Whether it still waits for its answer."""
        return self.state in {self.State.LODGED, self.State.ACCEPTED}

    @property
    def may_change_result(self) -> bool:
        """Unanswered, and not found harmless to the result: before anybody judged it, it may change it."""
        return self.standing and self.may_affect is not False

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Of each link that has come; who may challenge it is asked by the rules."""
        tender = supplier(dossier, actor)
        if tender is None or dossier is None:
            return []
        found = [
            cls(purchase=tender.purchase, tender=tender, organisation=actor.organisation, link=link)
            for link in Link.values
            if _has_come(tender, link)
        ]
        for one in found:
            one.starts_on = starts_on(dossier, one)
        return found


def _has_come(tender: Tender, link: str) -> bool:
    ends = {Link.DOCUMENTS: tender.announced_at, Link.EVALUATION: tender.scored_at, Link.RESULT: tender.awarded_at}
    return ends.get(Link(link), tender.opened_at) is not None


def came_on(challenge: Challenge) -> date | None:
    """The day from which there was something of its link to challenge."""
    tender = challenge.tender
    ends = {Link.DOCUMENTS: tender.announced_at, Link.RESULT: tender.awarded_at}
    return _day(ends.get(Link(challenge.link), tender.opened_at))


def took_part(dossier: Dossier, tender: Tender, organisation: Organisation) -> bool:
    return any(bid.organisation_id == organisation.pk for bid in live(dossier.all(Bid), tender))


def took_documents(dossier: Dossier, tender: Tender, organisation: Organisation) -> date | None:
    """When it took them; None: it is not on the register of those who did."""
    mine = [one for one in dossier.all(Package) if one.tender_id == tender.pk]
    found = next((one for one in mine if one.organisation_id == organisation.pk), None)
    return found.taken_at.astimezone(LOCAL).date() if found else None


def starts_on(dossier: Dossier, challenge: Challenge) -> date | None:
    """The day a supplier should know that it is harmed, from which its period runs; None where no law of the day that
    is loaded says so: then the day it knew counts, as it states it itself."""
    regime, tender = dossier.regime, challenge.tender
    defined = figure(regime, "challenge.start_defined", dossier.today)
    if not defined:
        return None
    if challenge.link == Link.DOCUMENTS:
        taken = took_documents(dossier, tender, challenge.organisation)
        return taken or _notice_over(regime, "tender.notice_days", _day(tender.announced_at))
    if challenge.link == Link.RESULT:
        return _notice_over(regime, "tender.result_notice_days", _day(tender.awarded_at))
    if challenge.link == Link.REVIEW:
        reviewed = [bid.reviewed_at for bid in live(dossier.all(Bid), tender) if bid.reviewed_at is not None]
        return _day(max(reviewed, default=None))
    return _day(tender.opened_at if challenge.link == Link.OPENING else tender.scored_at)


def _notice_over(regime: Regime, name: str, published: date | None) -> date | None:
    """The last day of a notice's own period; None where the law of the day of publication gives none."""
    days = figure(regime, name, published) if published else None
    if published is None or days is None:
        return None
    return regime.calendar.add(published, int(days), "workday").on


def figure(regime: Regime, name: str, on: date) -> int | bool | None:
    """A figure of the law of a day; None where none is loaded, or the regime knows no such thing."""
    try:
        found = regime.parameter(name, on)
    except KeyError:
        return None
    return None if found is None else found.value


def _day(moment: object) -> date | None:
    return moment.astimezone(LOCAL).date() if moment is not None else None  # type: ignore[attr-defined]


def answer_due(regime: Regime, challenge: Challenge) -> date | None:
    """The last day of the answer period, from which the period for a complaint runs."""
    received = _day(challenge.lodged_at)
    days = figure(regime, "challenge.answer_within", received) if received else None
    if received is None or days is None:
        return None
    return regime.calendar.add(received, int(days), "workday").on
