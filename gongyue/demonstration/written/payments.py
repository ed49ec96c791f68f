"""What is written when money is late, comes back or is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from .programmes import paper

PARTS = (("人员", 70), ("督导", 5), ("活动", 15), ("管理费", 10))  # of a hundred; the provider's own headings


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _plan(line: Any, plan: Any, on: date) -> dict[str, Any]:
    whole = plan.contract.amount_fen
    rows = [{"heading": name, "amount": whole * part // 100, "basis": "按投标经费使用细则"} for name, part in PARTS[1:]]
    staff = whole - sum(row["amount"] for row in rows)
    rows.insert(0, {"heading": PARTS[0][0], "amount": staff, "basis": "社工十名"})
    return {"headings": [row | {"amount": yuan(row["amount"])} for row in rows]}


def _spend(line: Any, spending: Any, on: date) -> dict[str, Any]:
    rows = [("人员", "92000"), ("督导", "4200"), ("活动", "15600.50"), ("管理费", "9800")]
    return {
        "starts_on": (on - timedelta(days=30)).isoformat(), "ends_on": on.isoformat(),
        "entries": [
            {"heading": heading, "spent_on": on.isoformat(), "voucher": f"记{on:%m%d}-{n}", "amount": amount,
             "note": ""}
            for n, (heading, amount) in enumerate(rows, 1)
        ],
        "efficiency": "人员稳定，个案和小组按计划开展，单位成本与预算相当。",
    }  # fmt: skip


def _amend(line: Any, amendment: Any, on: date) -> dict[str, Any]:
    """Forty thousand yuan more for the same services; the last instalment bears it."""
    return {
        "number": f"{amendment.contract.number}-补{amendment.serial}",
        "reason": "辖内独居长者增加，长者居家关怀须按同一标准增加服务量。", "added": "40000", "same_subject": True,
        "services": "长者居家关怀增加 260 人次，标准与合同相同。",
    }  # fmt: skip


PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "amendment.draft": _amend,
    "amendment.approve": lambda line, subject, on: {
        "approval_number": f"越民审〔{on.year}〕补{subject.serial}号", "opinion": "同意追加。",
    },
    "amendment.accept": lambda line, subject, on: {"confirmed": True},
    "amendment.sign": lambda line, subject, on: {"signed_on": on.isoformat(), "originals": "4"},
    "amendment.file": lambda line, subject, on: {"filing_number": f"穗民备〔{on.year}〕补{subject.pk:02d}号"},
    "amendment.copy_finance": lambda line, subject, on: {"copied_on": on.isoformat(), "receipt": "财政局收文章"},
    "payment.bounce": lambda line, subject, on: {"bounced_on": on.isoformat(), "reason": "收款账号有误，银行退回。"},
    "liability.open": lambda line, subject, on: {"harm": "款项拖欠，两名社工的工资延发，长者探访停了两周。"},
    "liability.answer": lambda line, subject, on: {"answer": "年末指标下达迟，款项已安排补拨。"},
    "liability.conclude": lambda line, subject, on: {
        "result": "liable", "reason": "指标应提前安排，拖欠影响了服务，由付款方承担责任。",
    },
    "breach.open": lambda line, subject, on: {
        "failure": "约定十名持证社工，实际到岗四名；小组服务停办。", "severity": "serious",
        "effect": "四十户困难家庭的个案中断，居民集中投诉。",
    },
    "breach.state": lambda line, subject, on: {"statement": "人员流失超出预期，愿意退回相应款项。"},
    "breach.note_silence": lambda line, subject, on: {
        "served_on": on.isoformat(), "reason": "告知书已送达，期限内没有收到陈述。",
    },
    "breach.drop": lambda line, subject, on: {"reason": "已补办，未造成严重影响。"},
    "claim.return": lambda line, subject, on: {"reason": "发票抬头应为购买方全称，请更换。"},
    "useplan.return": lambda line, subject, on: {"reason": "督导费用没有测算依据，请补充。"},
    "breach.decide": lambda line, subject, on: {
        "accepted": "500000", "accepted_record": "验收记录（演示）第 1 号",
        "reason": "服务只完成一部分，未完成部分的款项应予追回。",
    },
    "refund.receive": lambda line, subject, on: {
        "voucher_number": f"JK{on:%Y%m%d}{subject.pk:04d}", "received_on": on.isoformat(),
    },
    "useplan.submit": _plan,
    "useplan.approve": lambda line, subject, on: {"opinion": "与合同和投标的经费细则相符。"},
    "useplan.settle": lambda line, subject, on: {"amount": "1000.01", "reason": "活动支出低于预算。"},
    "spending.report": _spend,
    "yearly.submit": lambda line, subject, on: {
        "summary": "全年服务按合同完成，资金专账核算。", "report": paper("年度报告"),
    },
    "yearlyreceipt.sign": lambda line, subject, on: {"opinion": "收悉。"},
}  # fmt: skip
