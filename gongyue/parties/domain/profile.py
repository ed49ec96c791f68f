"""机构档案: kept by the organisation itself; a bid freezes it as it stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post
from gongyue.parties.facts import ProfileGate
from gongyue.parties.forms import PastProjectForm, PenaltyForm, ProfileForm, QualificationForm, StaffForm
from gongyue.parties.profile import ProfileItem, ProviderProfile

Category, Item = ProfileItem.Category, ProfileItem.State


@action("profile.keep", ProviderProfile, reaches=ProviderProfile.State.KEPT, also_from=[ProviderProfile.State.KEPT],
        label=_("填写机构档案"), form=ProfileForm, facts=ProfileGate)  # fmt: skip
def keep(
    profile: ProviderProfile, *, at: datetime, actor: Post, dossier: Dossier, established_on: date,
    registration_number: str, registration_authority: str, registration_until: date | None, representative: str,
    introduction: str, accounts: str, paper: Any,
) -> None:  # fmt: skip
    """Write it, or write it anew; what earlier bids froze stays as it was."""
    profile.established_on, profile.registration_number = established_on, registration_number
    profile.registration_authority, profile.registration_until = registration_authority, registration_until
    profile.representative, profile.introduction, profile.accounts = representative, introduction, accounts
    profile.kept_on = dossier.today


@action("qualification.list", ProfileItem, reaches=Item.LISTED, label=_("登记资质"), form=QualificationForm,
        facts=ProfileGate)  # fmt: skip
def qualification(
    item: ProfileItem, *, at: datetime, actor: Post, dossier: Dossier, title: str, number: str, issuer: str,
    begins_on: date, ends_on: date | None, paper: Any,
) -> None:  # fmt: skip
    """A certificate or recognition, with its paper."""
    item.category, item.title, item.number, item.issuer = Category.QUALIFICATION, title, number, issuer
    item.begins_on, item.ends_on, item.recorded_on = begins_on, ends_on, dossier.today


@action("staffmember.list", ProfileItem, reaches=Item.LISTED, label=_("登记人员"), form=StaffForm, facts=ProfileGate)
def staff(
    item: ProfileItem, *, at: datetime, actor: Post, dossier: Dossier, person: str, title: str, number: str,
    begins_on: date, ends_on: date | None, paper: Any,
) -> None:  # fmt: skip
    """Somebody who works there, and the certificate that says what they may do."""
    item.category, item.person, item.title, item.number = Category.STAFF, person, title, number
    item.begins_on, item.ends_on, item.recorded_on = begins_on, ends_on, dossier.today


@action("pastproject.list", ProfileItem, reaches=Item.LISTED, label=_("登记以往项目"), form=PastProjectForm,
        facts=ProfileGate)  # fmt: skip
def project(
    item: ProfileItem, *, at: datetime, actor: Post, dossier: Dossier, title: str, issuer: str, begins_on: date,
    ends_on: date | None, amount: int | None, text: str, paper: Any,
) -> None:  # fmt: skip
    """An earlier project and what came of it; `amount` in fen."""
    item.category, item.title, item.issuer, item.text = Category.PROJECT, title, issuer, text
    item.begins_on, item.ends_on, item.amount_fen, item.recorded_on = begins_on, ends_on, amount, dossier.today


@action("penalty.list", ProfileItem, reaches=Item.LISTED, label=_("登记处罚与信用记录"), form=PenaltyForm,
        facts=ProfileGate)  # fmt: skip
def penalty(
    item: ProfileItem, *, at: datetime, actor: Post, dossier: Dossier, title: str, number: str, issuer: str,
    begins_on: date, ends_on: date | None, text: str, paper: Any,
) -> None:  # fmt: skip
    """What an authority held against it: for the organisation to tell, for the tenderer to check."""
    item.category, item.title, item.number, item.issuer, item.text = Category.PENALTY, title, number, issuer, text
    item.begins_on, item.ends_on, item.recorded_on = begins_on, ends_on, dossier.today


@action("profileitem.remove", ProfileItem, reaches=Item.REMOVED, sources=[Item.LISTED], label=_("移除档案条目"),
        form=ReasonForm, facts=ProfileGate)  # fmt: skip
def remove(item: ProfileItem, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """It no longer holds, or was entered wrongly; it stays in the ledger and in earlier bids."""
