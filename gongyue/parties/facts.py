"""What rules may ask when organisations, posts and recusals are entered. Never who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Organisation, Post, Purchase
from gongyue.parties.models import PostImport
from gongyue.parties.profile import ProfileItem, ProviderProfile
from gongyue.parties.queries import clocks
from gongyue.parties.results import past


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where the registrar registers."""

    code: Annotated[str, "登记机关所在区划代码"]
    level: Annotated[str, "登记机关所在区划级别"]


@dataclass(frozen=True, slots=True)
class OrganisationGate:
    """What rules on registering an organisation may name."""

    place: PlaceFacts

    @classmethod
    def of(cls, organisation: Organisation, dossier: Dossier) -> Self:
        return cls(PlaceFacts(organisation.division_id, str(organisation.division.level)))


@dataclass(frozen=True, slots=True)
class ImportGate:
    """What rules on taking in posts from a file may name."""

    place: PlaceFacts

    @classmethod
    def of(cls, taken: PostImport, dossier: Dossier) -> Self:
        return cls(PlaceFacts(taken.division_id, str(taken.division.level)))


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post and what waits at it; the ledger keeps these, so that a hand-over says what was handed over."""

    since: Annotated[date | None, "任职日期"]
    open_obligations: Annotated[int, "该岗位尚未办结的事项数"]
    obligations: Annotated[list[str], "尚未办结的事项：编号、办理事项、对象"]
    appointments: Annotated[int, "以个人身份受聘、尚未办结的事项数（不随岗位移交）"]

    @classmethod
    def of(cls, post: Post) -> Self:
        if post.pk is None:
            return cls(since=None, open_obligations=0, obligations=[], appointments=0)
        rows = [_named(row) for row in clocks(post).order_by("pk")]
        own = Obligation.objects.filter(organisation=post.organisation_id, post=post, is_open=True, personal=True)
        return cls(since=post.since, open_obligations=len(rows), obligations=rows, appointments=own.count())


def _named(row: Obligation) -> str:
    about = row.subject if ":" in row.subject else f"purchase:{row.purchase_id}"
    return f"{row.pk} {row.action} {about}"


@dataclass(frozen=True, slots=True)
class PostGate:
    """What rules on a post may name."""

    post: PostFacts

    @classmethod
    def of(cls, post: Post, dossier: Dossier) -> Self:
        return cls(PostFacts.of(post))


@dataclass(frozen=True, slots=True)
class RecusalFacts:
    recused: Annotated[int, "本采购已回避的人数"]


@dataclass(frozen=True, slots=True)
class RecusalGate:
    """What rules on a recusal may name."""

    recusal: RecusalFacts

    @classmethod
    def of(cls, purchase: Purchase, dossier: Dossier) -> Self:
        return cls(RecusalFacts(purchase.recusals.count()))


@dataclass(frozen=True, slots=True)
class PastFacts:
    """What evaluations of earlier purchases found of whoever is decided on."""

    results: Annotated[int, "有关单位以往绩效评价结果的数目"]

    @classmethod
    def of(cls, dossier: Dossier, organisation: int | None, side: str) -> Self:
        """No query where the regime concludes no such evaluation, or nobody is meant yet."""
        if organisation is None or not dossier.regime.acts("performance"):
            return cls(0)
        rows = dossier.beside(
            f"past:{side}:{organisation}", lambda: past([organisation], side, beside=dossier.purchase.pk)
        )
        return cls(len(rows))


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What an organisation has entered of itself, as numbers."""

    kept: Annotated[bool, "是否已填写机构档案"]
    items: Annotated[int, "机构档案中有效的条目数"]

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        kept = ProviderProfile.objects.filter(organisation=organisation.pk).exists()
        listed = ProfileItem.objects.filter(organisation=organisation.pk, state=ProfileItem.State.LISTED)
        return cls(kept=kept, items=listed.count())


@dataclass(frozen=True, slots=True)
class ProfileGate:
    """What rules on a profile may name."""

    profile: ProfileFacts

    @classmethod
    def of(cls, subject: ProviderProfile | ProfileItem, dossier: Dossier) -> Self:
        return cls(ProfileFacts.of(subject.organisation))
