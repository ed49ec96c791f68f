"""What assessment shows on the part 评估监督: three series with their days, their measures and their conclusions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongyue.assessment.models import Assessment, Evaluation, Framework, Series
from gongyue.assessment.models.evaluation import first_contract, pilot_days
from gongyue.contracts.models import Contract, Moment
from gongyue.desk.charts import Chart
from gongyue.desk.charts import Series as Row
from gongyue.desk.context import opens
from gongyue.needs.results import satisfaction

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


@dataclass(frozen=True)
class Line:
    """One evaluation, held or not. `on`: its anchor (None: the texts give no day). Measures in basis points."""

    group: str
    name: str
    on: date | None
    row: Assessment | Evaluation | None
    late: bool

    @property
    def result(self) -> str:
        if isinstance(self.row, Evaluation):
            return str(self.row.get_result_display())
        return str(self.row.conclusion) if self.row else ""


def lines(case: CaseFile) -> list[Line]:
    """The contract's two of each year, the pilot's three, the centre's one: in that order."""
    if not (case.regime.acts(Evaluation.kind) or case.regime.acts(Assessment.kind)):
        return []
    found: list[Line] = []
    held = {(row.contract_id, row.moment): row for row in case.dossier.all(Assessment)}
    for contract in case.dossier.all(Contract):
        days = {Moment.MIDTERM: contract.mid_on, Moment.YEAREND: contract.ends_on}
        group = _("合同周期（第 %(n)s 年）") % {"n": contract.year_number}
        for moment, day in days.items():
            found.append(_line(case, group, str(moment.label), day, held.get((contract.pk, moment.value))))
    done = {row.series: row for row in case.dossier.all(Evaluation)}
    middle, end = pilot_days(case.regime, case.purchase.programme)
    if case.purchase.programme:
        for series, day in ((Series.PLAN, None), (Series.MIDPILOT, middle), (Series.ENDPILOT, end)):
            found.append(_line(case, _("试点"), str(series.label), day, done.get(series.value)))
    first = first_contract(case.dossier)
    year = _a_year_after(first.starts_on) if first and first.starts_on else None
    found.append(_line(case, _("中心"), str(Series.COMPREHENSIVE.label), year, done.get(Series.COMPREHENSIVE.value)))
    return found


def _line(case: CaseFile, group: str, name: str, on: date | None, row: Assessment | Evaluation | None) -> Line:
    return Line(group, name, on, row, row is None and on is not None and on < case.today)


def _a_year_after(day: date) -> date:
    """The corresponding day of the next year, or that month's last."""
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def gap_days(case: CaseFile) -> int | None:
    """Calendar days between the last day of the first contract and the signed comprehensive conclusion, or today."""
    first = first_contract(case.dossier)
    if first is None or first.ends_on is None or case.today <= first.ends_on:
        return None
    signed = next((r.concluded_on for r in case.dossier.all(Evaluation) if r.series == Series.COMPREHENSIVE), None)
    return max(0, ((signed or case.today) - first.ends_on).days)


def measures(rows: list[Line]) -> Chart | None:
    """Quality and quantity beside each other, never added up."""
    shown = [line for line in rows if line.row is not None and line.row.quantity_bp is not None]
    if not shown:
        return None
    names = [f"{line.group} {line.name}" for line in shown]
    quality = [line.row.quality_bp if line.row else None for line in shown]
    quantity = [line.row.quantity_bp if line.row else None for line in shown]
    return Chart(
        title=_("质量与数量"), categories=names, series=[Row(_("质量得分"), quality), Row(_("数量完成"), quantity)],
        unit="bp",
    )  # fmt: skip


def context(case: CaseFile) -> Mapping[str, Any]:
    rows, framework = lines(case), Framework.current(case.purchase.regime, case.purchase.scope)
    linked = framework is not None and opens("frameworks", case.post.organisation)
    return {
        "lines": rows,
        "measures": measures(rows),
        "gap": gap_days(case),
        "framework": framework,
        "framework_page": reverse("desk:framework", args=[framework.pk]) if framework and linked else "",
        "satisfaction": satisfaction(case.purchase),
    }
