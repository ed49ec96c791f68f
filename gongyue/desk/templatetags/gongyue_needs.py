"""What the needs room shows within pages of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import Count

from gongyue.needs.models import Answer, NeedsSurvey, SatisfactionSurvey

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile

register = template.Library()


@register.inclusion_tag("desk/parts/questionnaires.html")
def questionnaires(*, case: CaseFile) -> dict[str, Any]:
    """The questionnaires of one part of a purchase's page with the number of their answers. At most two queries."""
    kinds = [kind for kind in (NeedsSurvey, SatisfactionSurvey) if kind.section == case.section]
    rows = [row for kind in kinds if case.regime.acts(kind.kind) for row in case.dossier.all(kind)]
    if not rows:
        return {"rows": []}
    found = Answer.objects.filter(questionnaire__in=[row.pk for row in rows]).values("questionnaire")
    counts = dict(found.annotate(n=Count("pk")).values_list("questionnaire", "n"))
    return {"rows": [(row, counts.get(row.pk, 0)) for row in rows]}
