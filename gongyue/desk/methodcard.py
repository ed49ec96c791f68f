"""采购方式: which methods a purchase may use and why not the others, each with its article; and the one chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongyue.kernel.dossier import Dossier
from gongyue.tendering import methods
from gongyue.tendering.lawful import Verdict, lawful
from gongyue.tendering.models import Method

from .citations import Chip, all_findings, chip
from .templatetags.gongyue import money

OPEN, APPROVAL, WARNED = gettext_lazy("可以采用"), gettext_lazy("须报批"), gettext_lazy("须说明理由")
NOBODY = gettext_lazy("法律允许，但本地的规则没有规定这种方式的步骤和各步的办理人，在本地无法办理。请采用其他方式。")
CLOSED, AWAITED = gettext_lazy("不能采用"), gettext_lazy("尚无依据")


@dataclass(frozen=True)
class Row:
    """One method: its verdict in a word, the grounds it may be chosen on, what stands against it; `nobody`: why
    the place cannot carry it out."""

    name: str
    word: str
    tone: str
    cite: Chip
    grounds: list[tuple[str, Chip]]
    findings: list[dict[str, Any]]
    chosen: bool
    nobody: str


@dataclass(frozen=True)
class MethodCard:
    """`key`: what was chosen and on what ground; `measured`: the amounts that the verdicts rest on."""

    name: str
    state: str
    settled: bool
    exception: bool
    key: list[tuple[str, Any]]
    ground: tuple[str, Chip] | None
    reason: str
    opinions: list[str]
    objections: list[tuple[str, str]]
    measured: list[tuple[str, Any]]
    rows: list[Row]


def method_card(dossier: Dossier) -> MethodCard | None:
    found = lawful(dossier)
    if found is None:
        return None
    chosen = found.chosen
    way = str(chosen.way) if chosen is not None else ""
    return MethodCard(
        name=str(chosen) if chosen is not None else "",
        state=chosen.get_state_display() if chosen is not None else "",
        settled=found.holds,
        exception=chosen is not None and chosen.exception,
        key=list(_key(chosen)) if chosen is not None else [],
        ground=_ground(chosen, dossier) if chosen is not None else None,
        reason=chosen.reason if chosen is not None else "",
        opinions=[_opinion(row) for row in chosen.opinions] if chosen is not None else [],
        objections=[_objection(row) for row in chosen.objections] if chosen is not None else [],
        measured=_measured(found.given),
        rows=[_row(one, way, dossier) for one in found.verdicts],
    )


def _key(method: Method) -> list[tuple[str, Any]]:
    rows = [
        (_("品目或者类别"), method.category), (_("拟定的承接单位"), method.supplier),
        (_("公示期间"), f"{method.published_on} — {method.public_until}" if method.published_on else ""),
        (_("批准文号"), method.approval_number), (_("数额标准的文号"), method.limit_source),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]


def _opinion(row: dict[str, str]) -> str:
    words = _("%(name)s（%(employer)s，%(title)s）：%(opinion)s")
    return words % {name: row.get(name, "") for name in ("name", "employer", "title", "opinion")}


def _objection(row: dict[str, Any]) -> tuple[str, str]:
    """What was objected, and what came of it."""
    if "upheld" not in row:
        return row["what"], _("尚未论证")
    return row["what"], (_("经论证成立") if row["upheld"] else _("经论证不成立")) + _("：") + row.get("opinion", "")


def _ground(method: Method, dossier: Dossier) -> tuple[str, Chip] | None:
    found = methods.find(dossier.regime, method.way, dossier.today)
    ground = found.ground(method.ground) if found is not None else None
    if ground is None:
        return None
    return ground.name, chip(dossier.regime, ground.cite)


def _measured(given: Any) -> list[tuple[str, Any]]:
    """The amounts, and what follows from them."""
    rows: list[tuple[str, Any]] = [(_("本年度预算"), money(fen=given["year_fen"]))]
    for name, label in (("limit_fen", _("采购限额标准")), ("open_limit_fen", _("公开招标数额标准"))):
        known = given[name] is not None
        rows.append((label, money(fen=given[name]) if known else _("本地规则没有给出，办理时填写并注明文号")))
    rows.append((_("是否属于政府采购"), Method.Nature(given["nature"]).label))
    rows.append((_("与公开招标数额标准相比"), Method.Size(given["size"]).label))
    return rows


def _row(verdict: Verdict, chosen: str, dossier: Dossier) -> Row:
    regime = dossier.regime
    word, tone = _word(verdict)
    return Row(
        name=str(verdict.way.label), word=str(word), tone=tone, cite=chip(regime, verdict.cite),
        grounds=[(one.name, chip(regime, one.cite)) for one in verdict.grounds],
        findings=all_findings(verdict.findings, regime), chosen=verdict.way == chosen,
        nobody="" if verdict.practicable else str(NOBODY),
    )  # fmt: skip


def _word(verdict: Verdict) -> tuple[Any, str]:
    if verdict.since:
        return AWAITED, "plain"
    if not verdict.lawful:
        return CLOSED, "cinnabar"
    if verdict.findings:
        return WARNED, "ochre"
    return (APPROVAL, "ochre") if verdict.approval else (OPEN, "jade")
