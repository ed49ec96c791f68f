"""Every project is audited, and after it whoever served."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.oversight.facts import AuditGate
from gongyue.oversight.forms import AuditForm
from gongyue.oversight.models import Audit


@action("audit.record", Audit, reaches=Audit.State.RECORDED, label=_("登记审计结果"), form=AuditForm, facts=AuditGate)
def record(
    audit: Audit, *, at: datetime, actor: Post, dossier: Dossier, audited_on: date, result: str, findings: str,
    report: Any,
) -> None:  # fmt: skip
    """What the audit found; what has to change is told by recommendations."""
    audit.auditor, audit.audited_on = actor.organisation, audited_on
    audit.result, audit.findings = result, findings
