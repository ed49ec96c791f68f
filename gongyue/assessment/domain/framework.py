"""评估体系: drafted from the reference standard by a group of experts, adopted by the city bureau."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.assessment.facts import FrameworkGate
from gongyue.assessment.forms.evaluation import FrameworkForm
from gongyue.assessment.models import Framework
from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain

State = Framework.State


@action("framework.draft", Framework, reaches=State.DRAFTED, also_from=[State.DRAFTED], label=_("拟订评估体系"),
        form=FrameworkForm, facts=FrameworkGate)  # fmt: skip
def draft(
    framework: Framework, *, at: datetime, actor: Post, dossier: Dossier, title: str, scope: str, standard: str,
    authors: list[str], indicators: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Dimensions, indicators, weights and evidence as the expert group wrote them."""
    framework.title, framework.scope, framework.standard = title, scope, standard
    framework.authors, framework.indicators = authors, plain(indicators)


@action("framework.adopt", Framework, reaches=State.ADOPTED, label=_("采用评估体系"), form=NoteForm,
        facts=FrameworkGate)  # fmt: skip
def adopt(framework: Framework, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """Every evaluation begun from now on refers to this version."""
    framework.adopted_on = at.astimezone(LOCAL).date()
