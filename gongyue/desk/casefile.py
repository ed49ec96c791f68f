"""One purchase as one post sees it: everything its page shows, each thing read once and only when it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse

from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract, current
from gongyue.contracts.queries import CEILING, may_have_scan
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, in_other_sections, in_section, kinds
from gongyue.kernel.capacities import among
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.findings import capacity_names, from_json, language
from gongyue.kernel.models import (
    Document,
    Obligation,
    Organisation,
    Post,
    Purchase,
    PurchaseSubject,
    Refused,
    Role,
    Subject,
)
from gongyue.kernel.offers import Offer, panel
from gongyue.ledger.models import Entry
from gongyue.oversight.models import Feedback
from gongyue.oversight.models.feedback import HANDLERS
from gongyue.policy import ObligationRule
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.early import betraying
from gongyue.tendering.models import Bid, FinalOffer, Tender
from gongyue.tendering.models.parts import in_group
from gongyue.tendering.queries import INVITE, UNHEARD, Look, RankedBid, VisibleBid, buys, look, tells_invited
from gongyue.tendering.secrecy import IN_TALKS, OF_BIDDERS, OF_DISPUTES, OF_GROUP, OF_MEMBERS

from . import money
from .citations import Chip, all_findings, chip
from .context import GOVERNMENT
from .methodcard import MethodCard, method_card
from .panel import Panel, arrange
from .papers import Section, sections
from .stages import stages
from .started import declared
from .templatetags.gongyue import Stage
from .timeline import Moment, about, entries_of, holder, moments
from .timetable import Schedule, schedule
from .todo import matter, subjects_of, work_url
from .words import action_name, mode_name, programme_name

LINE = Purchase.section
IN_HALL = frozenset({"opening.unlock", "sealedbid.open", "sealedbid.fault", "sealedbid.stand_in"})  # its script's steps
MET_SHOWN = 30
DOCUMENTS_SHOWN = 200
UNTOLD = OF_DISPUTES | {
    "clarification.give",
    "falsereply.give",
    "falsestatement.uphold",
    "correction.confirm",
    "explanation.give",
    "explanation.accept",
    "tender.fail",  # a duty after a challenge or complaint only
}  # to do for its holder; to others it would tell that somebody asked


@dataclass(frozen=True)
class Deadline:
    """One obligation of the purchase: `url` leads to where it is done, for those whose it is."""

    row: Obligation
    what: str
    holder: str
    url: str
    cite: Chip
    days: int


@dataclass(frozen=True)
class Refusal:
    """What was tried and refused."""

    at: datetime
    what: str
    who: str
    findings: list[dict[str, Any]]


class CaseFile:
    """`case.panel`, `case.stages`, `case.money`…: read by the template."""

    def __init__(
        self, purchase: Purchase, post: Post, at: datetime, section: str = LINE, *,
        tried: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`tried`: figures that the reader would see the page by, which change nothing."""
        self.tried = tried or {}
        self.purchase, self.post, self.at, self.section = purchase, post, at, section
        self.regime = regimes.current(purchase.regime)
        self.dossier = Dossier(purchase, at=at, regime=self.regime)
        self.today = at.astimezone(LOCAL).date()

    # --- who and where ------------------------------------------------------------------------------------------

    @cached_property
    def roles(self) -> list[Role]:
        """Every row of it, for those who ask what may be shown; `standing` leaves out what must stay hidden."""
        return self.purchase.every_role

    @cached_property
    def look(self) -> Look:
        return look(self.dossier, self.post, self.roles, self.section)

    @property
    def standing(self) -> list[Role]:
        return [role for role in self.roles if role.pk not in self.look.secrets.roles]

    @property
    def mode(self) -> str:
        return mode_name(self.purchase, self.regime)

    @property
    def former(self) -> str:
        """What the centre was called before it was renamed; read with the plan, which the line shows."""
        plan = self.dossier.latest(ImplementationPlan)
        return plan.former_name if plan else ""

    @property
    def regime_name(self) -> str:
        return self.regime.name[language()]

    @property
    def programme(self) -> str:
        return programme_name(self.purchase, self.regime)

    @property
    def piloting(self) -> bool:
        """Whether its regime knows programmes at all, so that a page speaks of them."""
        return bool(self.regime.programmes)

    @property
    def started(self) -> list[tuple[str, str]]:
        """What was declared of it by whoever started it outside any programme."""
        return declared(self.purchase, self.regime)

    @property
    def parties(self) -> list[tuple[str, str]]:
        """(organisation, its capacities) of everybody who stands in the purchase, as far as the reader may know."""
        held: dict[str, list[str]] = {}
        for role in self.standing:
            held.setdefault(role.organisation.name, []).append(role.capacity)
        return [(name, capacity_names(dict.fromkeys(found), self.regime)) for name, found in held.items()]

    @cached_property
    def tender(self) -> Tender | None:
        return self.dossier.latest(Tender)

    @property
    def hidden(self) -> frozenset[str]:
        """Keys of subjects that the reader must not know to exist. No query beyond those of the part's papers."""
        return self.look.secrets.subjects | self._kept

    @cached_property
    def _kept(self) -> frozenset[str]:
        """Those that keep themselves from the reader, among the few of each kind of this part."""
        found: set[str] = set()
        for kind in kinds():
            if self.section == LINE or kind.section != self.section or kind.visible_to is Subject.visible_to:
                continue
            if issubclass(kind, PurchaseSubject) and not kind.numerous and self.regime.acts(kind.kind):
                found |= {row.key for row in self.dossier.all(kind) if not row.visible_to(self.post)}
        return frozenset(found)

    # --- what may be done, what must be done, what was done -----------------------------------------------------

    @cached_property
    def panel(self) -> Panel:
        here = None
        if self.section == LINE:  # its entries hold whatever two people must do
            entries = self._every_entry
            here = among(self.post, self.purchase, self.regime, self.today, roles=self.roles, entries=entries)
        found = panel(self.purchase, actor=self.post, at=self.at, dossier=self.dossier, here=here, section=self.section)
        shown = [
            o for o in found
            if o.subject.key not in self.hidden and self._possible(o.subject) and not self._idle(o)
        ]  # fmt: skip
        return arrange(shown, self.regime, self.standing, owed=self._every_obligation, today=self.today)

    def _possible(self, subject: Subject) -> bool:
        """Whether the reader may know that this could be brought into the world."""
        return subject.pk is not None or subject.visible_to(self.post)

    def _idle(self, offer: Offer) -> bool:
        """What is never the reader's to do here: steps of the hall's script, and leaving talks for somebody else, or
        when they are over."""
        if offer.action.name != "bid.quit" or not isinstance(offer.subject, Bid):
            return offer.action.name in IN_HALL
        bid = offer.subject
        return bid.organisation_id != self.post.organisation_id or not bid.tender.talking

    @property
    def obligations(self) -> list[Obligation]:
        """Those of this part of the page."""
        mine = in_section(self.section)
        return [row for row in self._every_obligation if self.section == LINE or row.action in mine]

    @cached_property
    def _every_obligation(self) -> list[Obligation]:
        """Of the purchase, as far as the reader may learn of them. One query."""
        rows = Obligation.objects.filter(purchase=self.purchase, lapsed_at=None)
        found = list(rows.select_related("organisation", "post", "post__person", "post__organisation").order_by("pk"))
        for row in found:
            row.purchase = self.purchase
        found = [row for row in found if self._told(row.subject, row.organisation_id, row.action)]
        return [row for row in found if row.subject not in self.hidden]

    def _told(self, subject: str, office: int | None, action: str = "") -> bool:
        """Whether the reader may learn of what somebody did or owes: what the public wrote is known to its handlers,
        that a check is prepared not to whom it is about."""
        kind = self.post.organisation.organisation_kind
        if office == self.post.organisation_id:
            return True
        if action in UNTOLD or (action == "spot_check.draw" and kind == Organisation.Kind.SOCIAL_ORGANISATION):
            return False
        return kind in HANDLERS or not subject.startswith(f"{Feedback.kind}:")

    @cached_property
    def open_deadlines(self) -> list[Deadline]:
        return [self.deadline(row) for row in sorted(self.obligations, key=self._by_day) if row.is_open]

    def _by_day(self, row: Obligation) -> tuple[bool, date, int]:
        """Earliest first; what has no day comes last."""
        return row.due_on is None, row.due_on or self.today, row.pk

    @cached_property
    def owed(self) -> list[Deadline]:
        """What the reader has to do in this purchase, in whichever part, that the panel of this part does not offer."""
        rows = [*self.panel.ready, *self.panel.blocked]
        offered = {row.url for row in rows} | {reverse("desk:purchase", args=[self.purchase.pk])}
        own = [
            row for row in self._every_obligation if row.is_open and row.organisation_id == self.post.organisation_id
        ]
        found = map(self.deadline, sorted(own, key=self._by_day))
        return [one for one in found if one.url and one.url not in offered]

    @cached_property
    def met_deadlines(self) -> list[Deadline]:
        """Met ones that had a day, latest first."""
        rows = [row for row in self.obligations if row.met_at is not None and row.due_on is not None]
        rows.sort(key=lambda row: row.pk, reverse=True)
        return [self.deadline(row) for row in rows[:MET_SHOWN]]

    @property
    def late(self) -> list[Deadline]:
        return [deadline for deadline in self.open_deadlines if deadline.days]

    def deadline(self, row: Obligation) -> Deadline:
        """One obligation in words."""
        rule = self._rules.get(row.rule)
        named = not row.personal or self.look.panel_known or row.post_id == self.post.pk
        mine = row.organisation_id == self.post.organisation_id and (not row.personal or row.post_id == self.post.pk)
        organisation = row.organisation.name if row.organisation else capacity_names([row.capacity], self.regime)
        return Deadline(
            row=row,
            what=matter(row, self._subjects.get(row.subject) if named and row.is_open else None),
            holder=(holder(row.post) or organisation) if named else capacity_names([row.capacity], self.regime),
            url=work_url(row, self.regime) if mine and row.is_open else "",
            cite=chip(self.regime, rule.cite) if rule else {"label": "", "url": ""},
            days=row.days_late(self.today),
        )

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        """What the open obligations are about, as far as the reader may know: from the dossier where it holds them."""
        held = self.dossier.held
        rest = subjects_of(row for row in self.obligations if row.is_open and row.subject not in held)
        for one in rest.values():
            if isinstance(one, PurchaseSubject):
                one.purchase = self.purchase
        return {key: one for key, one in (rest | held).items() if one.visible_to(self.post)}

    @cached_property
    def _rules(self) -> Mapping[str, ObligationRule]:
        return {rule.id: rule for rule in self.regime.all_obligations()}

    @cached_property
    def schedule(self) -> Schedule | None:
        """How soon the tender can end, and by when it has to."""
        return schedule(self.dossier)

    @cached_property
    def method(self) -> MethodCard | None:
        """Which methods are lawful, and the one that was chosen."""
        return method_card(self.dossier)

    @cached_property
    def stages(self) -> list[Stage]:
        late = {ACTIONS[d.row.action].subject.kind for d in self.late if d.row.action in ACTIONS}
        return stages(self.dossier, self.entries, late, self.post)

    @cached_property
    def entries(self) -> list[Entry]:
        beside = in_other_sections(self.section)
        found = [e for e in self._every_entry if self._told(e.subject, e.organisation_id)]
        unheard = frozenset() if self.look.panel_known else UNHEARD
        if self.tender is not None and not tells_invited(self.tender, self.post, self.at, self.roles):
            unheard |= {INVITE}
        found = [e for e in found if e.subject not in self.hidden and e.action not in beside | unheard]
        return [e for e in found if e.organisation_id == self.post.organisation_id or not self._hushed(e)]

    def _hushed(self, entry: Entry) -> bool:
        """Whether it would tell who came to the opening of a call of talks."""
        return entry.action == "opening.sign_in" and self._apart

    @cached_property
    def _apart(self) -> bool:
        """Whether suppliers are talked with of whom the reader, neither of the purchaser nor of the group, learns
        nothing before the result."""
        return self.tender is not None and self.tender.discreet and not in_group(self.purchase, self.tender, self.post)

    @cached_property
    def _every_entry(self) -> list[Entry]:
        return entries_of(self.purchase, self.section, self.regime)

    @cached_property
    def timeline(self) -> list[Moment]:
        found = moments(self.entries, self.regime, self.purchase, dict(self.dossier.held))
        if not self._apart:
            return found
        done = {entry.digest[:12] for entry in self.entries if entry.action in OF_GROUP}
        return [replace(one, warned=[], proof_url="") if one.digest in done else one for one in found]

    # --- bids ---------------------------------------------------------------------------------------------------

    @property
    def sealed(self) -> bool:
        """Whether a call stands whose bids nobody may know of yet."""
        return self.tender is not None and self.tender.calling

    @property
    def bids(self) -> list[VisibleBid]:
        return self.look.bids

    @property
    def ranking(self) -> list[RankedBid]:
        return self.look.ranking

    @cached_property
    def invited(self) -> list[str]:
        """Who alone may answer the call, for the purchaser's people. One query where there are any."""
        keys = self.tender.invited if self.tender is not None else []
        if self.tender is None or not keys or not buys(self.tender, self.post, self.at, self.roles):
            return []
        return list(Organisation.objects.filter(pk__in=keys).order_by("pk").values_list("name", flat=True))

    @property
    def offer_due(self) -> bool:
        """Whether the reader's organisation still has to hand in its final offer."""
        if self.tender is None or self.tender.state != Tender.State.NEGOTIATED:
            return False
        given = {one.bid_id for one in self.dossier.all(FinalOffer)}
        return any(bid.own and bid.state == Bid.State.QUALIFIED and bid.pk not in given for bid in self.bids)

    # --- papers and money ---------------------------------------------------------------------------------------

    @cached_property
    def sections(self) -> list[Section]:
        return sections(self.dossier, self.section, self.hidden)

    @cached_property
    def contract(self) -> Contract | None:
        """The one in force; while none is, the latest."""
        return current(self.dossier)

    @cached_property
    def years(self) -> list[money.Year]:
        return money.years(self.dossier, self.obligations, self.today)

    @cached_property
    def payers(self) -> list[money.Payer]:
        return money.payers(self.dossier, self.years)

    @property
    def ceiling(self) -> Chip:
        """The article that limits what may be added to a contract."""
        dated = self.regime.parameter(CEILING, self.today)
        return chip(self.regime, dated.cite) if dated else {"label": "", "url": ""}

    @property
    def several_years(self) -> bool:
        """Whether the payers' money is of more than one budget year."""
        return len({payer.year for payer in self.payers}) > 1

    @property
    def total(self) -> money.Sum:
        return money.total(self.payers)

    @cached_property
    def _documents(self) -> list[Document]:
        shown = (Q(restricted=False) & about(self.section)) | Q(field="scan", restricted=True)
        rows = Document.objects.filter(shown, purchase=self.purchase).order_by("-pk")[:DOCUMENTS_SHOWN]
        return [row for row in rows if row.subject not in self.hidden]

    @property
    def documents(self) -> list[Document]:
        return [row for row in self._documents if not row.restricted]

    @cached_property
    def scans(self) -> dict[str, Document]:
        """The latest sealed paper of each contract and amendment, by its key, for those who may have it."""
        if self.contract is None or not may_have_scan(self.contract, self.post.organisation):
            return {}
        return {row.subject: row for row in reversed(self._documents) if row.restricted}

    @cached_property
    def refusals(self) -> list[Refusal]:
        """For officers only: what was tried and refused, latest first."""
        if self.section != LINE or self.post.organisation.organisation_kind not in GOVERNMENT:
            return []
        rows = Refused.objects.filter(purchase=self.purchase).select_related("post__person", "post__organisation")
        untold = OF_BIDDERS | (frozenset() if self.look.panel_known else OF_MEMBERS | IN_TALKS)
        others = OF_DISPUTES | (
            OF_GROUP | IN_TALKS if self._apart else frozenset()
        )  # who tried is as secret as who did
        beside = Q(action__in=others) & ~Q(post__organisation=self.post.organisation_id)
        shown = rows.exclude(action__in=untold).exclude(beside).exclude(betraying()).exclude(subject__in=self.hidden)
        return [self._refusal(row) for row in shown.order_by("-pk")[:20]]

    def _refusal(self, row: Refused) -> Refusal:
        found = all_findings(from_json(row.findings), self.regime)
        return Refusal(row.at, action_name(row.action), holder(row.post), found)
