"""Checking the totals again, writing the report, signing it, and what follows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject
from gongyue.tendering.facts import ReportGate, TenderGate
from gongyue.tendering.forms import (
    AwardNoticeForm,
    CorrectSheetForm,
    DraftReportForm,
    FeeForm,
    FinalForm,
    RecallForm,
    ReceiveForm,
    RecheckForm,
    ReportRecheckForm,
    SignForm,
)
from gongyue.tendering.methods import TENDERED
from gongyue.tendering.models import (
    AwardNotice,
    PanelFee,
    Ranking,
    Recheck,
    Report,
    ScoreSheet,
    Signature,
    Tender,
    committee_of,
    report_of,
)

Sheet = ScoreSheet.State


@action("tender.recheck", Tender, reaches=Tender.State.OPENED, sources=[Tender.State.SCORED], label=_("复核评标结果"),
        form=RecheckForm, facts=TenderGate, variants=TENDERED,
        bears=[(Recheck, Recheck.State.NOTED), (Recheck, Recheck.State.ORDERED)])  # fmt: skip
def recheck(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, ground: str, found: str, paper: Any
) -> list[Subject]:
    """Take the totals back on one of the grounds of law; what they were stays on record. Before the signatures it goes
    into the report, afterwards it is owed to finance."""
    rows = list(Ranking.objects.filter(tender=tender))
    report, committee = report_of(dossier, tender), committee_of(dossier, tender)
    final = report is not None and report.final
    born = Recheck.objects.create(
        purchase=tender.purchase, tender=tender, organiser=committee.organiser if committee else actor.organisation,
        ground=ground, found=found, signed_before=final, before=totals(rows), ordered_at=at,
        state=Recheck.State.ORDERED if final else Recheck.State.NOTED,
    )  # fmt: skip
    Ranking.objects.filter(pk__in=[row.pk for row in rows]).delete()
    tender.scored_at, tender.tied, tender.tie_settled, tender.tie_basis = None, False, "", ""
    return [born]


def totals(rows: list[Ranking]) -> list[list[Any]]:
    return [[row.bid_id, row.numerator, row.denominator, row.rank] for row in rows]


def conclude_recheck(tender: Tender, rows: list[Ranking], *, at: datetime) -> None:
    """What the totals have become, beside what they were."""
    for found in Recheck.objects.filter(tender=tender, concluded_at=None):
        found.after, found.concluded_at = totals(rows), at
        found.changed = sorted(map(tuple, found.before)) != sorted(map(tuple, found.after))
        found.save(update_fields=["after", "concluded_at", "changed"])


@action("sheet.recall", ScoreSheet, reaches=Sheet.RECALLED, sources=[Sheet.SUBMITTED], label=_("退回成员改正评分"),
        form=RecallForm, facts=ReportGate)  # fmt: skip
def recall(
    sheet: ScoreSheet, *, at: datetime, actor: Post, dossier: Dossier, cells: list[tuple[int, int]], what: str
) -> None:  # fmt: skip
    """Give single points of a sheet back to its member, who puts right what is wrong in them."""
    sheet.recalled, sheet.recalled_for = [list(cell) for cell in cells], what


@action("sheet.correct", ScoreSheet, reaches=Sheet.SUBMITTED, sources=[Sheet.RECALLED], label=_("改正评分"),
        form=CorrectSheetForm, facts=ReportGate)  # fmt: skip
def correct(
    sheet: ScoreSheet, *, at: datetime, actor: Post, dossier: Dossier, scores: dict[str, dict[str, int]],
    independent: bool, other_changes: int,
) -> None:  # fmt: skip
    """The sheet as it is now; what it was before stays beside it."""
    sheet.earlier = [*sheet.earlier, {"scores": sheet.scores, "submitted_at": sheet.submitted_at.isoformat()}]
    sheet.scores, sheet.independent, sheet.submitted_at = scores, independent, at


@action("recheck.report", Recheck, reaches=Recheck.State.REPORTED, label=_("向财政部门报告重新评审"),
        form=ReportRecheckForm, facts=ReportGate)  # fmt: skip
def report_recheck(
    found: Recheck, *, at: datetime, actor: Post, dossier: Dossier, number: str, reported_on: date, paper: Any
) -> None:
    """The finance department is told in writing."""
    found.report_number, found.reported_on = number, reported_on


@action("evalreport.draft", Report, reaches=Report.State.DRAFTED, also_from=[Report.State.DRAFTED],
        label=_("编写评标报告"), form=DraftReportForm, facts=ReportGate,
        bears=[(Signature, Signature.State.ASKED)])  # fmt: skip
def draft(
    report: Report, *, at: datetime, actor: Post, dossier: Dossier, medium: str, situation: str, other: str, agent: str,
    contents: list[Any],
) -> list[Subject]:  # fmt: skip
    """Put the record into a report, and ask every member to sign it."""
    report.medium, report.situation, report.other, report.agent = medium, situation, other, agent
    report.contents, report.drafted_at = contents, at
    report.state = Report.State.DRAFTED
    report.save()  # signatures point at it
    asked = set(report.signatures.values_list("post", flat=True))
    seats = report.tender.seats.filter(left_at=None).exclude(post__in=asked).select_related("post").order_by("pk")
    return [
        Signature.objects.create(
            purchase=report.purchase, tender=report.tender, organiser=report.organiser, report=report, post=seat.post,
            state=Signature.State.ASKED,
        )
        for seat in seats
    ]  # fmt: skip


@action("signature.give", Signature, reaches=Signature.State.GIVEN, label=_("签署评标报告"), form=SignForm,
        facts=ReportGate)  # fmt: skip
def sign(signature: Signature, *, at: datetime, actor: Post, dossier: Dossier, stand: str, reason: str) -> None:
    """One member agrees, or says why not."""
    signature.stand, signature.reason, signature.at = stand, reason, at


@action("evalreport.sign", Report, reaches=Report.State.SIGNED, label=_("评标报告定稿"), form=FinalForm,
        facts=ReportGate)  # fmt: skip
def close(
    report: Report, *, at: datetime, actor: Post, dossier: Dossier, refusals: str, refused: bool, contents: list[Any]
) -> None:
    """From now on nothing in it changes."""
    report.refusals, report.contents, report.signed_at = refusals, contents, at


@action("evalreport.deliver", Report, reaches=Report.State.DELIVERED, label=_("签收评标报告"), form=ReceiveForm,
        facts=ReportGate)  # fmt: skip
def deliver(report: Report, *, at: datetime, actor: Post, dossier: Dossier, received_on: date) -> None:
    """The purchaser has it from the agent."""
    report.received_on = received_on


@action("panelfee.pay", PanelFee, reaches=PanelFee.State.PAID, label=_("登记评审劳务报酬"), form=FeeForm,
        facts=ReportGate)  # fmt: skip
def pay(
    fee: PanelFee, *, at: datetime, actor: Post, dossier: Dossier, amount: int, travel: int | None, paid_on: date,
    voucher: str,
) -> None:  # fmt: skip
    """What an expert was paid for evaluating (fen), with travel from elsewhere."""
    fee.amount_fen, fee.travel_fen, fee.paid_on, fee.voucher = amount, travel or 0, paid_on, voucher


@action("awardnotice.send", AwardNotice, reaches=AwardNotice.State.SENT, label=_("发出中标通知书"),
        form=AwardNoticeForm, facts=ReportGate)  # fmt: skip
def notify(
    notice: AwardNotice, *, at: datetime, actor: Post, dossier: Dossier, number: str, sent_on: date, paper: Any
) -> None:
    """The winner is told; the contract's thirty days run from the award."""
    notice.number, notice.sent_on = number, sent_on
