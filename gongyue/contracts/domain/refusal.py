"""拒绝签订: where several won and one of them refuses to sign. It lives in this room because who has signed stands
here."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.contracts.forms import GiveUpForm
from gongyue.contracts.models import Contract, standing
from gongyue.kernel import obligations
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.domain.places import give_up as free_place
from gongyue.tendering.facts import ResultGate
from gongyue.tendering.methods import SEVERAL
from gongyue.tendering.models import AwardNotice, Bid, Tender

State = Tender.State


@action("tender.give_up", Tender, reaches=None, sources=[State.AWARDED], label=_("取消拒绝签订的一家，其余不变"),
        form=GiveUpForm, facts=ResultGate, section="disputes", variants=sorted(SEVERAL))  # fmt: skip
def give_up(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, reason: str, refuser: int, place: str, refusal: str,
    signed: bool, others_signed: int, next_tied: bool, places: int, total_fen: int, chosen: str,
) -> None:  # fmt: skip
    """Whoever refuses is not chosen any more, and what was owed with it ends; the contracts of the others stand."""
    bid = next(one for one in tender.winners if one.pk == refuser)
    free_place(tender, bid, at, dossier, refill=place == "next")
    _lapse(tender, bid, dossier, at)


def _lapse(tender: Tender, bid: Bid, dossier: Dossier, at: datetime) -> None:
    """What was owed with it, and what waited for its notice and contract alone."""
    gone, came = bid.organisation_id, tender.newcomer
    mine = [one for one in dossier.all(Contract) if one.tender_id == tender.pk and one.provider_id == gone]
    notices = [one for one in dossier.all(AwardNotice) if one.tender_id == tender.pk]
    obligations.lapse_after([one for one in mine if one.signed_on is None], tender.purchase, at=at)
    for kind in (Contract, AwardNotice):
        obligations.lapse_on(tender.purchase, f"{kind.kind}#{gone}", at=at)
    left = {one.organisation_id for one in tender.winners} - {came.organisation_id if came is not None else None}
    if not left - {one.provider_id for one in standing(dossier) if one.tender_id == tender.pk}:
        obligations.lapse_on(tender.purchase, "", "contract.draft", at=at)
    if not left - {one.winner_id for one in notices}:
        obligations.lapse_on(tender.purchase, "", "awardnotice.send", at=at)
