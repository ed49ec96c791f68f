"""What people write in evaluations, self-checks and improvements (demonstration only: the weights are no norm's)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from gongyue.kernel.models import Organisation, Post

if TYPE_CHECKING:
    from gongyue.demonstration.line import Line

ROWS = [("服务过程", "个案记录完整", "40", "个案档案"), ("服务成效", "服务目标达成", "40", "成效测评表"),
        ("资金管理", "专账核算", "20", "项目账册")]  # fmt: skip


def _framework(line: Any, subject: Any, on: date) -> dict[str, Any]:
    posts = Post.objects.filter(organisation__organisation_kind=Organisation.Kind.EXPERT_BODY).order_by("pk")[:3]
    rows = [
        {"dimension": dimension, "indicator": name, "standard": "演示条目", "weight": weight, "evidence": evidence}
        for dimension, name, weight, evidence in ROWS
    ]
    return {
        "title": "社区综合服务中心评估体系（演示）", "standard": "服务质量参照标准（演示稿）",
        "authors": [str(post.pk) for post in posts], "indicators": rows,
    }  # fmt: skip


def _report(line: Line, subject: Any, on: date) -> dict[str, Any]:
    framework = subject.framework
    names = [row["indicator"] for row in framework.indicators] if framework else []
    return {
        "scores": [{"indicator": name, "mark": str(85 + n)} for n, name in enumerate(names)], "quantity": "103",
        "findings": "服务按约提供，个案记录较完整。", "independent": "on",
        "acknowledge-framework-adopted": "市民政局尚未采用评估体系。",
    }  # fmt: skip


def _renew(line: Line, contract: Any, on: date) -> dict[str, Any]:
    """The same sums for another year, from a fortnight on."""
    price = contract.amount_fen
    parts = (price * 4 // 10, price * 4 // 10, price - 2 * (price * 4 // 10))
    rows = zip((30, 200, 370), parts, ("", "midterm", "yearend"), strict=True)
    return {
        "number": f"{contract.number}-2", "amount": f"{price // 100}.{price % 100:02d}",
        "starts_on": (on + timedelta(days=14)).isoformat(), "ends_on": (on + timedelta(days=378)).isoformat(),
        "service_requirements": "在第一年基础上增加长者上门服务，年服务不少于 2800 人次。",
        "quality_standard": contract.quality_standard, "payment_method": contract.payment_method,
        "rights_duties": contract.rights_duties,
        "instalments": [
            {"due_on": (on + timedelta(days=days)).isoformat(), "amount": f"{fen // 100}.{fen % 100:02d}",
             "requires": requires}
            for days, fen, requires in rows
        ],
    }  # fmt: skip


PAPERS = {
    "contract.renew": _renew,
    "framework.draft": _framework,
    "framework.adopt": lambda line, subject, on: {"opinion": "同意采用。"},
    "evaluation.commission": lambda line, subject, on: {
        "evaluator": str(line.evaluator.organisation_id),
        "fee": "" if subject.series == "comprehensive" else "10000",
    },
    "evaluation.report": _report,
    "evaluation.conclude": lambda line, subject, on: {"result": "continue", "reasons": "服务达到约定目标，居民认可。"},
    "evaluation.withdraw": lambda line, subject, on: {"reason": "报告所附数据有误，须重新核对。"},
    "evaluation.pay_fee": lambda line, subject, on: {"voucher": f"评付{on:%Y%m%d}"},
    "improvement.submit": lambda line, subject, on: {"plan": "增加一名督导，每月复核个案记录。"},
    "improvement.accept": lambda line, subject, on: {"opinion": "抽查十份个案，已按方案改进。"},
    "improvement.return": lambda line, subject, on: {"reason": "没有写明完成时间。"},
    "selfcheck.schedule": lambda line, subject, on: {
        "cycle_months": "3", "first_on": (on + timedelta(days=90)).isoformat(),
    },
    "selfcheck.submit": lambda line, subject, on: {
        "progress": "按计划完成本期小组和社区活动。", "effect": "参加者反映有帮助。", "satisfaction": "回访多数满意。",
        "needs": "课后照管的需求增加。", "spending": "支出与预算基本一致。",
    },
}  # fmt: skip
