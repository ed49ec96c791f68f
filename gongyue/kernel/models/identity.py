"""Who acts: divisions, organisations, people and the posts they hold. Their verbs are in `parties`."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier

from .subjects import Subject


class Division(models.Model):
    """行政区划. Districts and above by their GB/T 2260 code; a street by its district's code and its own name."""

    class Level(models.TextChoices):
        NATION = "nation", _("国家")
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        DISTRICT = "district", _("区（县级市）")
        STREET = "street", _("街道")

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)  # the codes from the top, each followed by "/"
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name

    def within(self, other: Division) -> bool:
        """Whether this is `other` or lies in it."""
        return self.path.startswith(other.path)

    @staticmethod
    def street_code(district: str, name: str) -> str:
        return f"{district}:{name}"


class Organisation(Subject):
    """机构. Registered by its city's civil-affairs bureau; `credit_code` is its 统一社会信用代码, where it has one."""

    kind = "organisation"
    called = _("机构")
    staged = False

    class State(models.TextChoices):
        REGISTERED = "registered", _("已登记")

    class Kind(models.TextChoices):
        STREET_OFFICE = "street_office", _("街道办事处")
        CIVIL_AFFAIRS = "civil_affairs", _("民政部门")
        FINANCE = "finance", _("财政部门")
        AUDIT = "audit", _("审计部门")
        LEGAL = "legal", _("法制部门")
        INSPECTION = "inspection", _("监察部门")
        DEVELOPMENT = "development", _("发展改革部门")
        DEPARTMENT = "department", _("其他部门")
        GOVERNMENT = "government", _("人民政府")
        SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
        EXPERT_BODY = "expert_body", _("专家所在单位")
        EVALUATOR = "evaluator", _("第三方评估机构")
        RESIDENTS_COMMITTEE = "residents_committee", _("居民委员会")
        AGENT = "agent", _("采购代理机构")
        PUBLIC = "public", _("社会公众")
        CENTRAL_AGENCY = "central_agency", _("集中采购机构")
        CONGRESS = "congress", _("人民代表大会")
        CONSULTATIVE = "consultative", _("政治协商会议")

    class Registration(models.TextChoices):
        """登记类型 of a provider; rules name these values."""

        NONE = "", _("机关")
        SOCIAL_GROUP = "social_group", _("社会团体")
        PRIVATE_NON_ENTERPRISE = "private_non_enterprise", _("民办非企业单位")
        FOUNDATION = "foundation", _("基金会")
        COMPANY = "company", _("企业")
        INSTITUTION = "institution", _("事业单位")

    class Body(models.TextChoices):
        """主体性质: what a public body is in the law's sense. Rules on who may purchase name these values."""

        GOVERNMENT = "government", _("人民政府")
        DISPATCHED = "dispatched", _("政府派出机关")
        DEPARTMENT = "department", _("行政机关")
        STATE = "state", _("其他国家机关（权力、监察、审判、检察机关等）")
        PARTY = "party", _("党的机关")
        MASS = "mass", _("纳入行政编制管理且经费由财政负担的群团组织")
        MASS_OTHER = "mass_other", _("其他群团组织")
        ADMINISTRATIVE = "administrative", _("具有行政管理职能的事业单位（参照公务员法管理）")
        ADMINISTRATIVE_OTHER = "administrative_other", _("具有行政管理职能的事业单位（不参照公务员法管理）")
        CLASS_ONE = "class_one", _("公益一类事业单位")
        CLASS_TWO = "class_two", _("公益二类事业单位")

    name = models.CharField(_("名称"), max_length=120)
    organisation_kind = models.CharField(_("类别"), max_length=30, choices=Kind)
    registration = models.CharField(_("登记类型"), max_length=30, choices=Registration, default="", blank=True)
    body = models.CharField(_("主体性质"), max_length=30, choices=Body, default="", blank=True)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="organisations")
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, null=True, unique=True)
    credit_code_override = models.CharField(_("未通过校验而登记的理由"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "organisation_kind", "name"], name="organisation_once")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation_kind", "division"])]

    def __str__(self) -> str:
        return self.name

    @property
    def nature(self) -> str:
        """What it is in the law's sense: as registered, else as its kind always is; "" where nothing tells."""
        return self.body or NATURE.get(self.organisation_kind, "")

    @property
    def place(self) -> Division:
        return self.division

    @property
    def regime_code(self) -> str:
        from gongyue.kernel.regimes import code_for  # the registry of regimes reads this module's tables

        return code_for(self.division)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(division=actor.organisation.division)] if dossier is None else []


NATURE: dict[str, str] = {  # bureaus of these kinds are departments of a government, whatever was registered of them
    Organisation.Kind.STREET_OFFICE: Organisation.Body.DISPATCHED,
    Organisation.Kind.GOVERNMENT: Organisation.Body.GOVERNMENT,
    **dict.fromkeys(
        (
            Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE, Organisation.Kind.AUDIT,
            Organisation.Kind.LEGAL, Organisation.Kind.INSPECTION, Organisation.Kind.DEVELOPMENT,
        ),
        Organisation.Body.DEPARTMENT,
    ),
}  # fmt: skip


class People(BaseUserManager["Person"]):
    def create_user(self, username: str, name: str, password: str | None = None) -> Person:
        person = Person(username=username, name=name)
        person.set_password(password)  # None: cannot log in with a password
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """人员. Logs in; acts only through a post."""

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="zh-hans")
    email = models.EmailField(_("提醒邮箱"), blank=True)  # where the daily digest goes; "" = no mail

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return self.name


class Post(Subject):
    """岗位: a person's seat in an organisation, between two dates. The actor of every action."""

    kind = "post"
    called = _("岗位")
    staged = False

    class State(models.TextChoices):
        HELD = "held", _("在岗")
        LEFT = "left", _("已离岗")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("岗位名称"), max_length=60)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True)  # the first day it is no longer held

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="post_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title} {self.person}"

    @property
    def place(self) -> Division:
        return self.organisation.division

    @property
    def regime_code(self) -> str:
        return self.organisation.regime_code

    def held_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(organisation=actor.organisation)] if dossier is None else []
