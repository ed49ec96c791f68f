"""利害线索: what binds a bidder, or a member of its consortium, to whoever judges, drafted, manages or monitors.

It is evidence for those who decide on recusal and qualification, and decides nothing itself. An article stands beside
it only where its instrument is in force on the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.ledger.models import Entry
from gongyue.needs.models import ServiceProposal
from gongyue.policy.periods import months_later

from .models import Agency, Bid, Commission, GroupMember, PanelSeat, StandardGroup, Tie
from .models.consortium import parties

YEARS = 3  # before the purchase, within which a post with a supplier counts (Regulation, article 9)
DRAFTING = ("requirement.draft", "service_proposal.submit", "tender.draft", "tender.prepare")
LAW, NINE, EIGHTEEN = "procurement-law#第十二条", "procurement-regulation#第九条", "procurement-regulation#第十八条"


@dataclass(frozen=True)
class Binding:
    """One lead: of whom (the bidder or a member), what it is, on what it rests, under which article ("": none yet)."""

    party: str
    what: str
    basis: str
    cite: str


def bindings(dossier: Dossier, bid: Bid, *, panel_known: bool) -> list[Binding]:
    """Of one opened bid. `panel_known`: the reader may know who judges; else nothing is said of them. Five queries
    beside the dossier's."""
    group = {one.pk: one for one in parties(dossier, bid)}
    found = [*_recorded(dossier, group), *_entrusted(dossier, group), *_people(dossier, bid, group, panel_known)]
    return [Binding(str(group[key]), what, basis, _in_force(dossier, cite)) for key, what, basis, cite in found]


Found = tuple[int, str, str, str]


def _recorded(dossier: Dossier, group: dict[int, Organisation]) -> Iterable[Found]:
    """Ties on record, from either end."""
    for tie in dossier.all(Tie):
        cite = EIGHTEEN if tie.nature in Tie.BARRED or tie.nature == Tie.Nature.CONTROL else NINE
        ends = [(tie.organisation_id, tie.other), (tie.other_id, tie.organisation)]
        for key, other in ends:
            if key in group and (tie.other_id is None or key != getattr(other, "pk", None)):
                words = f"{tie.get_nature_display()}（{other}）" if other is not None else tie.get_nature_display()
                yield key, words, tie.basis, cite


def _entrusted(dossier: Dossier, group: dict[int, Organisation]) -> Iterable[Found]:
    """Agreements and papers of the purchase that name it."""
    for key, organisation in group.items():
        for one in dossier.all(Commission):
            if one.body == organisation.name:
                cite = EIGHTEEN if one.task == Commission.Task.EVALUATION else NINE
                yield key, str(one.get_task_display()), _("委托协议 %(number)s") % {"number": one.number}, cite
        for proposal in dossier.all(ServiceProposal):
            if organisation.name in proposal.estimated_with:
                yield key, _("参与本项目的测算"), proposal.estimated_with, EIGHTEEN
        if dossier.all(StandardGroup):
            wrote = GroupMember.objects.filter(group__purchase=dossier.purchase, organisation=organisation.name)
            if wrote.exists():
                yield key, _("其人员参加了制定质量标准的专家组"), _("质量标准专家组名单"), EIGHTEEN


def _people(dossier: Dossier, bid: Bid, group: dict[int, Organisation], panel_known: bool) -> Iterable[Found]:
    """People who hold, or held within the last years, a post with the bidder, and have a hand in the purchase."""
    since = months_later(dossier.today, -12 * YEARS)
    lasting = Q(until=None) | Q(until__gte=since)
    posts = Post.objects.filter(lasting, organisation__in=group, since__lte=dossier.today)
    theirs = {(one.person_id, one.organisation_id): one for one in posts.select_related("person")}
    if not theirs:
        return
    for what, people, cite in _hands(dossier, bid, panel_known):
        for (person, key), post in theirs.items():
            if person in people:
                yield key, what, f"{post.person.name} · {post.title}", cite


def _hands(dossier: Dossier, bid: Bid, panel_known: bool) -> Iterable[tuple[str, set[int], str]]:
    """Who has which hand in it, by person."""
    if panel_known:
        seats = PanelSeat.objects.filter(tender=bid.tender_id, left_at=None)
        yield _("评审成员在投标人处任职"), set(seats.values_list("post__person", flat=True)), LAW
    entries = Entry.objects.filter(purchase=dossier.purchase.pk, action__in=DRAFTING)
    wrote = {person for person in entries.values_list("person_id", flat=True) if person}
    yield _("起草需求或者采购文件的人员在投标人处任职"), wrote, LAW
    offices = {dossier.purchase.supervisor_id, *(one.organisation_id for one in dossier.all(Agency) if one.living)}
    held = Post.objects.filter(organisation__in=offices - {None}, until=None).values_list("person", "organisation")
    rows = list(held)
    watching = {person for person, office in rows if office == dossier.purchase.supervisor_id}
    yield _("监督单位的人员在投标人处任职"), watching, LAW
    yield _("采购代理机构的人员在投标人处任职"), {person for person, _office in rows} - watching, LAW


def _in_force(dossier: Dossier, cite: str) -> str:
    """The article, if it can be cited on the day."""
    found = dossier.regime.instruments.get(cite.partition("#")[0])
    begun = found is not None and found.effective is not None and found.effective <= dossier.today
    return cite if begun else ""
