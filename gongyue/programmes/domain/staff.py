"""What becomes of the old centre's posts and people, and the body that a mode-two street sets up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject
from gongyue.ledger.canonical import plain
from gongyue.programmes.facts import EntityGate, StaffGate
from gongyue.programmes.forms.centre import EmptyForm, EndForm, EntityForm, SecondForm, TransferForm
from gongyue.programmes.models import OperatorEntity, Secondment, StaffTransfer


@action(
    "transfer.record", StaffTransfer, reaches=StaffTransfer.State.RECORDED, label=_("登记编制人员安置"),
    form=TransferForm, facts=StaffGate, also_from=[StaffTransfer.State.RECORDED],
)  # fmt: skip
def record(
    transfer: StaffTransfer, *, at: datetime, actor: Post, dossier: Dossier, posts: int, staff: int,
    placements: list[dict[str, Any]],
) -> Iterable[Subject] | None:  # fmt: skip
    """How far it has come; again with every further unit that takes some over."""
    transfer.posts, transfer.staff, transfer.placements = posts, staff, plain(placements)
    transfer.recorded_on = at.astimezone(LOCAL).date()
    return None


@action(
    "transfer.settle", StaffTransfer, reaches=StaffTransfer.State.SETTLED, label=_("确认安置完毕"), form=EmptyForm,
    facts=StaffGate,
)  # fmt: skip
def settle(transfer: StaffTransfer, *, at: datetime, actor: Post, dossier: Dossier) -> Iterable[Subject] | None:
    transfer.settled_on = at.astimezone(LOCAL).date()
    return None


@action(
    "secondment.begin", Secondment, reaches=Secondment.State.SECONDED, label=_("登记派驻人员"), form=SecondForm,
    facts=StaffGate,
)  # fmt: skip
def begin(
    secondment: Secondment, *, at: datetime, actor: Post, dossier: Dossier, name: str, duty: str, origin: str,
    since: date,
) -> Iterable[Subject] | None:  # fmt: skip
    """Somebody of the old centre works in the new one and stays a public institution's."""
    secondment.name, secondment.duty, secondment.origin, secondment.since = name, duty, origin, since
    return None


@action(
    "secondment.end", Secondment, reaches=Secondment.State.ENDED, label=_("结束派驻"), form=EndForm, facts=StaffGate,
)  # fmt: skip
def end(
    secondment: Secondment, *, at: datetime, actor: Post, dossier: Dossier, until: date
) -> Iterable[Subject] | None:
    secondment.until = until
    return None


@action(
    "entity.record", OperatorEntity, reaches=OperatorEntity.State.RECORDED, label=_("登记承办实体"), form=EntityForm,
    facts=EntityGate, also_from=[OperatorEntity.State.RECORDED],
)  # fmt: skip
def record_entity(
    entity: OperatorEntity, *, at: datetime, actor: Post, dossier: Dossier, name: str, registration_number: str,
    registered_on: date, registration_authority: str, founder: str, founded_by_street: bool, state_assets: bool,
    supervisor: str, supervisor_name: str, authorisation: str, staff_total: int, paper: Any,
) -> Iterable[Subject] | None:  # fmt: skip
    """Its registration and who supervises it; again whenever that changes."""
    entity.name, entity.registration_number, entity.registered_on = name, registration_number, registered_on
    entity.registration_authority, entity.founder = registration_authority, founder
    entity.founded_by_street, entity.state_assets = founded_by_street, state_assets
    entity.supervisor, entity.supervisor_name, entity.authorisation = supervisor, supervisor_name, authorisation
    entity.staff_total = staff_total
    entity.recorded_on = at.astimezone(LOCAL).date()
    return None
