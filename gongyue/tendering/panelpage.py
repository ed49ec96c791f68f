"""The committee as one reader may see it: who sits, who has come, who has scored, who left, and how it was drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Role

from .composition import groups
from .extremes import SHARE, Apart, apart
from .methods import TALKED
from .models import (
    Bid,
    Committee,
    PanelSeat,
    Recheck,
    Report,
    ScoreSheet,
    Signature,
    SignIn,
    Tender,
    committee_of,
    report_of,
)
from .queries import buys, reads_panel

SHOWN = 12  # scores, the farthest from the others first


@dataclass(frozen=True)
class Member:
    """One seat. `signed` None: not signed in yet; `sheet` None: nothing handed in."""

    seat: PanelSeat
    category: str
    signed: SignIn | None
    sheet: ScoreSheet | None
    signature: Signature | None

    @property
    def left(self) -> bool:
        return self.seat.left_at is not None


@dataclass(frozen=True)
class PanelPage:
    """`members` None: their names are secret for this reader; `mine`: the reader's own seat, whatever else is secret.
    `report` and `rechecks`: as far as the reader may know of them.
    `drawn`: the draw is open, and anybody may repeat it."""

    tender: Tender
    committee: Committee | None
    size: int
    members: list[Member] | None
    mine: Member | None
    reserves: list[Post]
    report: Report | None
    rechecks: list[Recheck]
    at: datetime
    extremes: list[Apart]
    limit_bp: int | None  # from how far on a score is flagged; None where neither pack nor reader says

    @property
    def talks(self) -> bool:
        """Whether they negotiate or consult, and are no committee of a tender."""
        return self.tender.way in TALKED

    @property
    def called(self) -> str:
        """What the law calls them."""
        if self.talks:
            return _("谈判（磋商）小组")
        return _("评标委员会") if self.tender.tendered else _("评审小组")

    @property
    def signs(self) -> bool:
        """Whether they sign in: where a committee was formed."""
        return self.committee is not None or self.signed > 0

    @property
    def scores(self) -> bool:
        """Whether anything is scored: the lowest offer wins a negotiation."""
        return self.tender.pointed

    @property
    def drawn(self) -> bool:
        return self.committee is not None and bool(self.committee.opened_seed)

    @property
    def sitting(self) -> list[Member]:
        return [one for one in self.members or () if not one.left]

    @property
    def farthest(self) -> list[tuple[Apart, str, Bid, bool]]:
        """The scores farthest from those of the other members, each with whose it is, its bid and whether it is
        flagged. Who may not know the members is not told whose the others are."""
        bids = {one.pk: one for one in Bid.objects.filter(tender=self.tender).select_related("organisation")}
        shown = [one for one in self.extremes[:SHOWN] if one.bid in bids]
        return [(one, self._whose(one), bids[one.bid], one.beyond(self.limit_bp)) for one in shown]

    def _whose(self, one: Apart) -> str:
        if self.members is not None:
            return str(one.sheet.post.person.name)
        own = self.mine is not None and one.sheet.post_id == self.mine.seat.post_id
        return _("本人") if own else _("另一成员")

    @property
    def signed(self) -> int:
        return sum(one.signed is not None and one.signed.state == SignIn.State.SIGNED for one in self.sitting)

    @property
    def scored(self) -> int:
        return sum(one.sheet is not None and one.sheet.state == ScoreSheet.State.SUBMITTED for one in self.sitting)


def panel_page(dossier: Dossier, post: Post, roles: Iterable[Role], *, tried_bp: int | None = None) -> PanelPage | None:
    """Of the latest tender; None where there is none. Two queries beside the dossier's. `tried_bp`: from how far on the
    reader would have scores flagged; the place's own figure goes before it."""
    tender = dossier.latest(Tender)
    if tender is None:
        return None
    committee = committee_of(dossier, tender)
    rows = list(tender.seats.select_related("post__organisation", "post__person").order_by("pk"))
    names = {group.id: group.name["zh"] for group in groups(dossier.regime)}
    report = report_of(dossier, tender)
    members = [_member(seat, names, dossier, report, post) for seat in rows]
    known = reads_panel(dossier.purchase, tender, post, dossier.at, roles)
    mine = next((one for one in members if one.seat.post_id == post.pk and not one.left), None)
    judging = mine is not None or buys(tender, post, dossier.at, roles)  # points are no bidder's to read
    organises = committee is not None and committee.organiser_id == post.organisation_id
    waiting = committee.reserves if committee is not None and organises else []
    posts = Post.objects.select_related("organisation", "person").in_bulk(waiting) if waiting else {}
    return PanelPage(
        tender=tender, committee=committee, size=sum(not one.left for one in members),
        members=members if known else None, mine=mine, reserves=[posts[pk] for pk in waiting if pk in posts],
        report=report if report is not None and report.visible_to(post) else None,
        rechecks=[one for one in dossier.all(Recheck) if one.tender_id == tender.pk and one.visible_to(post)],
        at=dossier.at, extremes=_extremes(dossier, tender, members) if judging else [],
        limit_bp=_limit(dossier) or tried_bp,
    )  # fmt: skip


def _extremes(dossier: Dossier, tender: Tender, members: list[Member]) -> list[Apart]:
    """Of totals that were made, or are checked: before, nobody is to be led by the points of the others, nor is anybody
    to lose a seat for them."""
    checked = any(one.tender_id == tender.pk and one.concluded_at is None for one in dossier.all(Recheck))
    if tender.scored_at is None and not checked:
        return []
    sitting = [one for one in members if not one.left]
    sheets = [one.sheet for one in sitting if one.sheet is not None and one.sheet.state == ScoreSheet.State.SUBMITTED]
    return apart(tender, sheets) if sitting and len(sheets) == len(sitting) else []


def _limit(dossier: Dossier) -> int | None:
    known = {parameter.name for parameter in dossier.regime.parameters()}
    found = dossier.regime.parameter(SHARE, dossier.today) if SHARE in known else None
    return int(found.value) if found is not None else None


def _member(seat: PanelSeat, names: dict[str, str], dossier: Dossier, report: Report | None, post: Post) -> Member:
    signed = [one for one in dossier.all(SignIn) if (one.tender_id, one.post_id) == (seat.tender_id, seat.post_id)]
    sheets = [one for one in dossier.all(ScoreSheet) if (one.tender_id, one.post_id) == (seat.tender_id, seat.post_id)]
    signatures = [one for one in dossier.all(Signature) if report is not None and one.report_id == report.pk]
    signatures = [one for one in signatures if one.visible_to(post)]
    return Member(
        seat=seat, category=names.get(seat.category, ""), signed=signed[-1] if signed else None,
        sheet=sheets[-1] if sheets else None,
        signature=next((one for one in signatures if one.post_id == seat.post_id), None),
    )  # fmt: skip
