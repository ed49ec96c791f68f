"""How many streets there are, and which rooms could be found for centres."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post, Subject
from gongyue.programmes.facts import PlaceGate
from gongyue.programmes.forms.coverage import CandidateForm, CountForm, MatchForm
from gongyue.programmes.models import SiteCandidate, StreetCount

State = SiteCandidate.State


@action(
    "streetcount.record", StreetCount, reaches=StreetCount.State.RECORDED, label=_("登记街道总数"), form=CountForm,
    facts=PlaceGate, also_from=[StreetCount.State.RECORDED],
)  # fmt: skip
def record(
    count: StreetCount, *, at: datetime, actor: Post, dossier: Dossier, district: str, year: int, streets: int,
    source: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """All streets of a district in a year; again to correct it."""
    count.division_id, count.year, count.streets, count.source = district, year, streets, source
    return None


@action(
    "candidate.find", SiteCandidate, reaches=State.FOUND, label=_("登记潜在场地"), form=CandidateForm,
    facts=PlaceGate,
)  # fmt: skip
def find(
    candidate: SiteCandidate, *, at: datetime, actor: Post, dossier: Dossier, district: str, address: str,
    old_area: bool, holder: str, area: int, use: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """Rooms in a built-up area that a centre could use."""
    candidate.division_id, candidate.address, candidate.old_area = district, address, old_area
    candidate.holder, candidate.area, candidate.use = holder, area, use
    candidate.found_by, candidate.found_on = actor.organisation, at.astimezone(LOCAL).date()
    return None


@action(
    "candidate.match", SiteCandidate, reaches=State.MATCHED, label=_("调配场地"), form=MatchForm, facts=PlaceGate,
)  # fmt: skip
def match(
    candidate: SiteCandidate, *, at: datetime, actor: Post, dossier: Dossier, purchase: str
) -> Iterable[Subject] | None:
    """It goes to the centre of one street, which still registers it as its site."""
    candidate.purchase_id, candidate.matched_on = int(purchase), at.astimezone(LOCAL).date()
    return None


@action(
    "candidate.drop", SiteCandidate, reaches=State.DROPPED, label=_("不宜使用"), form=ReasonForm, facts=PlaceGate,
    sources=[State.FOUND, State.MATCHED],
)  # fmt: skip
def drop(
    candidate: SiteCandidate, *, at: datetime, actor: Post, dossier: Dossier, reason: str
) -> Iterable[Subject] | None:
    candidate.reason = reason
    return None
