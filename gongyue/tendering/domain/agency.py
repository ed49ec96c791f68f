"""采购代理: the purchaser proposes, the agent's own person accepts, either ends. What the agent may do in between is
written into its capacity, so that it goes no further than the agreement."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.capacities import mandate
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Organisation, Post
from gongyue.tendering.facts import AgencyGate
from gongyue.tendering.forms import AcceptAgencyForm, ProposeAgencyForm
from gongyue.tendering.models import Agency
from gongyue.tendering.models.agency import CAPACITY, OWN, acts_of

State = Agency.State


@action("agency.propose", Agency, reaches=State.PROPOSED, label=_("委托采购代理机构"), form=ProposeAgencyForm,
        facts=AgencyGate)  # fmt: skip
def propose(
    agency: Agency, *, at: datetime, actor: Post, dossier: Dossier, organisation: Organisation, agreement_number: str,
    powers: list[str], entrusted_with: str, begins_on: date | None, ends_on: date | None,
    fee_payer: str, fee_terms: str, paper: Any,
) -> None:  # fmt: skip
    """Put an agreement to an agent. Until it accepts it sees this matter alone and can do nothing else."""
    agency.organisation, agency.number = organisation, agreement_number
    agency.powers, agency.scope, agency.begins_on, agency.ends_on = powers, entrusted_with, begins_on, ends_on
    agency.fee_payer, agency.fee_terms, agency.proposed_at = fee_payer, fee_terms, at
    mandate(dossier.purchase, CAPACITY, organisation, OWN, since=dossier.today, partial=True)


@action("agency.accept", Agency, reaches=State.AGREED, label=_("接受采购代理委托"), form=AcceptAgencyForm,
        facts=AgencyGate)  # fmt: skip
def accept(agency: Agency, *, at: datetime, actor: Post, dossier: Dossier, apart: bool) -> None:
    """Accept, in one's own account: from the first day of the agreement to its last the agent may do what it names."""
    agency.accepted_at = at
    acts = acts_of(agency.powers, dossier.regime) | OWN
    since = max(dossier.today, agency.begins_on or dossier.today)
    until = agency.ends_on + timedelta(days=1) if agency.ends_on else None
    mandate(dossier.purchase, CAPACITY, agency.organisation, acts, since=since, until=until)


@action("agency.decline", Agency, reaches=State.DECLINED, sources=[State.PROPOSED], label=_("不接受采购代理委托"),
        form=ReasonForm, facts=AgencyGate)  # fmt: skip
def decline(agency: Agency, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Say no; another agent may then be asked."""
    _over(agency, at, dossier, reason)


@action("agency.end", Agency, reaches=State.ENDED, sources=[State.PROPOSED, State.AGREED], label=_("结束采购代理委托"),
        form=ReasonForm, facts=AgencyGate)  # fmt: skip
def end(agency: Agency, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """End it, by either side; what the agent did stands."""
    _over(agency, at, dossier, reason)


def _over(agency: Agency, at: datetime, dossier: Dossier, reason: str) -> None:
    agency.ended_at, agency.reason = at, reason
    mandate(dossier.purchase, CAPACITY, agency.organisation, (), since=dossier.today, until=dossier.today)
