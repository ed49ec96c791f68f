"""What the city does for the whole pilot: the programme itself, the norms it must make, the tasks it hands out."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject


class PilotProgramme(Subject):
    """试点: a programme of the regime, launched once by the city; norms and tasks come into the world with it."""

    kind = "programme"
    called = _("试点")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("bureau", "division")

    class State(models.TextChoices):
        LAUNCHED = "launched", _("试点进行中")
        SUMMARISED = "summarised", _("已总结")

    regime = models.CharField(_("适用规则"), max_length=40)
    code = models.CharField(_("试点代码"), max_length=40)  # of the regime's programmes
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", verbose_name=_("区划"))
    bureau = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("主管部门"))
    launched_on = models.DateField(_("启动日期"), null=True)
    summary = models.TextField(_("试点总结"), blank=True)
    rollout = models.TextField(_("推广方案"), blank=True)
    layout = models.TextField(_("场地建设纳入控制性详细规划的情况"), blank=True)
    summarised_on = models.DateField(_("总结日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["regime", "code"], name="programme_launched_once")]

    def __str__(self) -> str:
        programme = regimes.current(self.regime).programmes.get(self.code)
        return programme.name["zh"] if programme else self.code

    @property
    def seed(self) -> str:
        return self.code

    @property
    def seed_words(self) -> str:
        return str(self)

    @property
    def regime_code(self) -> str:
        return self.regime

    @property
    def place(self) -> Division:
        return self.division

    @property
    def owner(self) -> Organisation:
        return self.bureau

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The regime's programmes that nobody has launched."""
        if dossier is not None:
            return []
        regime = regimes.current(actor.organisation.regime_code)
        there = set(cls.objects.filter(regime=regime.code).values_list("code", flat=True))
        city = Division.objects.filter(pk=regime.jurisdiction).first()
        if city is None:
            return []
        return [
            cls(regime=regime.code, code=code, division=city, bureau=actor.organisation)
            for code in regime.programmes
            if code not in there
        ]


class OfProgramme(Subject):
    """What belongs to a launched programme, and lies in its city."""

    staged = False
    programme = models.ForeignKey(PilotProgramme, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def regime_code(self) -> str:
        return self.programme.regime

    @property
    def place(self) -> Division:
        return self.programme.division


class Norm(OfProgramme):
    """工作规范: a document the city must make. Drafted in editions; an issued one holds until the next is issued.

    `edition` is the latest drafted, `issued_edition` the one in force (0: none).
    """

    kind = "norm"
    called = _("工作规范")
    related: ClassVar[tuple[str, ...]] = ("programme", "programme__bureau", "programme__division")

    class State(models.TextChoices):
        PLANNED = "planned", _("待起草")
        DRAFTED = "drafted", _("待审定、颁布")
        ISSUED = "issued", _("已颁布")

    class Conclusion(models.TextChoices):
        """What the evaluation of its effect came to."""

        KEEP = "keep", _("继续执行")
        REVISE = "revise", _("修订")
        REPEAL = "repeal", _("废止")

    code = models.CharField(_("规范代码"), max_length=40)  # of the programme's norms
    title = models.CharField(_("名称"), max_length=120)
    edition = models.PositiveSmallIntegerField(_("稿次"), default=0)
    drafted_on = models.DateField(_("起草日期"), null=True)
    issued_edition = models.PositiveSmallIntegerField(default=0)
    issued_on = models.DateField(_("颁布日期"), null=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    evaluated_on = models.DateField(_("实施效果评估日期"), null=True)
    effect = models.TextField(_("实施效果"), blank=True)
    conclusion = models.CharField(_("评估结论"), max_length=10, choices=Conclusion, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="norm_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> Organisation:
        return self.programme.bureau


class StageReport(OfProgramme):
    """阶段报告: what one stage of a programme came to. Awaited from the launch, drafted, submitted by its end."""

    kind = "stagereport"
    called = _("阶段报告")
    related: ClassVar[tuple[str, ...]] = ("programme", "programme__bureau", "programme__division")

    class State(models.TextChoices):
        AWAITED = "awaited", _("待起草")
        DRAFTED = "drafted", _("起草中")
        SUBMITTED = "submitted", _("已提交")

    phase = models.CharField(_("阶段代码"), max_length=40)  # of the programme's phases
    title = models.CharField(_("阶段"), max_length=120)
    starts_on = models.DateField(_("阶段开始"), null=True)
    ends_on = models.DateField(_("阶段结束"))
    progress = models.TextField(_("建设和服务工作进展"), blank=True)
    functions = models.TextField(_("基本功能定位"), blank=True)
    planning = models.TextField(_("纳入“十二五”计划的情况"), blank=True)
    drafted_on = models.DateField(_("起草日期"), null=True)
    submitted_on = models.DateField(_("提交日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "phase"], name="stage_reported_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> Organisation:
        return self.programme.bureau


class NormEdition(models.Model):
    """一稿: what was drafted; issued at most once. Its file, where it has one, is a document of the norm."""

    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("稿次"))
    text = models.TextField(_("正文"), blank=True)
    change = models.TextField(_("修改说明"), blank=True)
    drafted_on = models.DateField(_("起草日期"))
    issued_on = models.DateField(_("颁布日期"), null=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["norm", "number"], name="norm_edition_once")]

    def __str__(self) -> str:
        return f"{self.norm} {self.number}"


class Opinion(Subject):
    """审查与咨询意见: asked of one organisation about one edition of a norm; a later edition is asked about anew."""

    kind = "opinion"
    called = _("规范审查意见")
    staged = False
    related: ClassVar[tuple[str, ...]] = (
        "organisation", "norm", "norm__programme", "norm__programme__bureau", "norm__programme__division",
    )  # fmt: skip

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        GIVEN = "given", _("已答复")
        SUPERSEDED = "superseded", _("已改稿，不再答复")

    class Role(models.TextChoices):
        LEGAL = "legal", _("法制审定")
        THEORY = "theory", _("理论指导")

    class Result(models.TextChoices):
        AGREED = "agreed", _("同意")
        REVISE = "revise", _("修改后再送")

    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="opinions")
    edition = models.PositiveSmallIntegerField(_("稿次"))
    role = models.CharField(_("性质"), max_length=10, choices=Role)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("送审日期"))
    given_on = models.DateField(_("答复日期"), null=True)
    result = models.CharField(_("结论"), max_length=10, choices=Result, blank=True)
    opinion = models.TextField(_("意见"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["norm", "edition", "role", "organisation"], name="opinion_asked_once")
        ]

    def __str__(self) -> str:
        return str(_("%(norm)s（第 %(n)s 稿）") % {"norm": self.norm.title, "n": self.edition})

    @property
    def regime_code(self) -> str:
        return self.norm.programme.regime

    @property
    def place(self) -> Division:
        return self.norm.programme.division

    @property
    def owner(self) -> Organisation:
        return self.organisation


class Task(OfProgramme):
    """分工任务: what a body has to do for the pilot, and its answer. `body` is how the scheme calls who is meant."""

    kind = "task"
    called = _("分工任务")
    related: ClassVar[tuple[str, ...]] = (
        "organisation", "organisation__division", "programme", "programme__bureau", "programme__division",
    )  # fmt: skip

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("待答复")
        ANSWERED = "answered", _("已答复")

    code = models.CharField(_("任务代码"), max_length=40, blank=True)  # of the programme's tasks; "" for a further one
    body = models.CharField(_("方案所称单位"), max_length=60, blank=True)
    what = models.TextField(_("任务"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("承担单位")
    )
    assigned_on = models.DateField(_("交办日期"), null=True)
    due_on = models.DateField(_("办理期限"), null=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    answer = models.TextField(_("答复"), blank=True)

    def __str__(self) -> str:
        return self.what

    @property
    def owner(self) -> Organisation | None:
        """Who has it now may answer it or pass it on; one not handed out yet is nobody's."""
        return self.organisation

    @property
    def place(self) -> Division:
        """Where whoever has it sits: a district's task lies in the district."""
        return self.organisation.division if self.organisation else self.programme.division

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more is always possible in a programme that was launched."""
        if dossier is not None:
            return []
        launched = PilotProgramme.objects.filter(regime=actor.organisation.regime_code)
        return [cls(programme=one) for one in launched.select_related("bureau", "division")]

    @property
    def seed(self) -> str:
        return self.programme.code if self.pk is None else ""

    @property
    def seed_words(self) -> str:
        return str(self.programme)
