"""The team, volunteers led by workers, clients with their consent."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.delivery.facts import DeliveryGate, VolunteerGate
from gongyue.delivery.forms.people import (
    ClientForm,
    EraseForm,
    HoursForm,
    LeaveForm,
    PairForm,
    VolunteerForm,
    WorkerForm,
)
from gongyue.delivery.models import Client, TeamMember, Volunteer, VolunteerHours
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm, ReasonForm
from gongyue.kernel.models import Document, Post
from gongyue.ledger.models import Entry, Opening

Serving = TeamMember.State


@action(
    "worker.join", TeamMember, reaches=Serving.SERVING, label=_("登记项目人员"), form=WorkerForm, facts=DeliveryGate
)
def join(
    worker: TeamMember, *, at: datetime, actor: Post, dossier: Dossier, code: str, name: str, duty: str, origin: str,
    certificate: str, certificate_until: date | None, full_time: bool, hours: int, since: date,
) -> None:  # fmt: skip
    """Somebody joins the project's team."""
    worker.code, worker.name, worker.duty, worker.origin = code, name, duty, origin
    worker.certificate, worker.certificate_until = certificate, certificate_until
    worker.full_time, worker.hours, worker.since = full_time, hours, since


@action(
    "worker.leave", TeamMember, reaches=Serving.LEAVING, label=_("申请更换人员"), form=LeaveForm, facts=DeliveryGate
)
def leave(
    worker: TeamMember, *, at: datetime, actor: Post, dossier: Dossier, until: date, reason: str, successor: str
) -> None:
    """Ask to replace a member; nothing changes until the purchaser agrees."""
    worker.until, worker.reason, worker.successor = until, reason, successor


@action(
    "worker.replace", TeamMember, reaches=Serving.REPLACED, label=_("同意更换人员"), form=NoteForm, facts=DeliveryGate
)
def replace(worker: TeamMember, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """The purchaser agrees."""


@action(
    "worker.keep", TeamMember, reaches=Serving.SERVING, sources=[Serving.LEAVING], label=_("不同意更换"),
    form=ReasonForm, facts=DeliveryGate,
)  # fmt: skip
def keep(worker: TeamMember, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The purchaser does not agree; the member stays as if nothing had been asked."""
    worker.until, worker.reason, worker.successor = None, "", ""


@action(
    "volunteer.enrol", Volunteer, reaches=Volunteer.State.ENROLLED, label=_("登记志愿者"), form=VolunteerForm,
    facts=DeliveryGate,
)  # fmt: skip
def enrol(
    volunteer: Volunteer, *, at: datetime, actor: Post, dossier: Dossier, code: str, name: str, skills: str, since: date
) -> None:
    """Somebody helps without pay."""
    volunteer.code, volunteer.name, volunteer.skills, volunteer.since = code, name, skills, since
    volunteer.provider = actor.organisation


@action(
    "volunteer.pair", Volunteer, reaches=None, sources=[Volunteer.State.ENROLLED], label=_("与社工结对"), form=PairForm,
    facts=DeliveryGate,
)  # fmt: skip
def pair(volunteer: Volunteer, *, at: datetime, actor: Post, dossier: Dossier, worker: TeamMember) -> None:
    """Which worker leads this volunteer from now on."""
    volunteer.worker = worker


@action(
    "volunteer.serve", Volunteer, reaches=None, sources=[Volunteer.State.ENROLLED], label=_("登记志愿服务时长"),
    form=HoursForm, facts=VolunteerGate,
)  # fmt: skip
def serve(
    volunteer: Volunteer, *, at: datetime, actor: Post, dossier: Dossier, served_on: date, minutes: int, what: str
) -> None:
    """Hours served, under the worker the volunteer is paired with."""
    assert volunteer.worker is not None
    VolunteerHours.objects.create(
        volunteer=volunteer, worker=volunteer.worker, on=served_on, minutes=minutes, what=what
    )
    volunteer.minutes += minutes


@action(
    "volunteer.leave", Volunteer, reaches=Volunteer.State.LEFT, sources=[Volunteer.State.ENROLLED],
    label=_("志愿者退出"), form=ReasonForm, facts=DeliveryGate,
)  # fmt: skip
def withdraw(volunteer: Volunteer, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """He helps no longer; what he did stays."""


@action(
    "client.register", Client, reaches=Client.State.REGISTERED, label=_("登记服务对象"), form=ClientForm,
    facts=DeliveryGate,
)  # fmt: skip
def register(
    client: Client, *, at: datetime, actor: Post, dossier: Dossier, code: str, name: str, contact: str, group: str,
    consented: bool, consent_on: date, consent_paper: File[bytes] | None,
) -> None:  # fmt: skip
    """A client with consent; from here on a code stands for the person."""
    client.code, client.name, client.contact, client.group = code, name, contact, group
    client.consent_on, client.registered_on, client.provider = consent_on, dossier.today, actor.organisation


@action(
    "client.erase", Client, reaches=Client.State.ERASED, sources=[Client.State.REGISTERED],
    label=_("删除个人信息"), form=EraseForm, facts=DeliveryGate,
)  # fmt: skip
def erase(client: Client, *, at: datetime, actor: Post, dossier: Dossier, asked: str) -> None:
    """Forget who it is: name and contact go, and what opened the ledger's commitments; counts and code stay."""
    client.name = client.contact = client.group = ""
    Opening.objects.filter(entry__in=Entry.objects.filter(subject=client.key)).delete()
    Document.objects.filter(subject=client.key, restricted=True).delete()
