"""The standard of a service: set by the body that the regime names, then adjusted edition by edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.needs.facts import StandardGate
from gongyue.needs.forms import SetStandardForm
from gongyue.needs.models import ServiceStandard


@action(
    "servicestandard.set", ServiceStandard, reaches=ServiceStandard.State.SET, label=_("提出需求标准"),
    form=SetStandardForm, facts=StandardGate,
)  # fmt: skip
def set_standard(
    standard: ServiceStandard, *, at: datetime, actor: Post, dossier: Dossier, service: str, service_class: str,
    central: bool, content: str, basis: str, change: str, paper: Any,
) -> None:  # fmt: skip
    """Say what a service has to be; of one that stands already, say it anew and why."""
    standard.service, standard.service_class, standard.central = service, service_class, central
    standard.content, standard.basis, standard.change = content, basis, change
    standard.set_on = dossier.today
