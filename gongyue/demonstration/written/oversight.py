"""What supervising bodies, residents and auditors write."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongyue.demonstration.line import Line


def _record(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {
        "observed_on": on.isoformat(), "plan_result": "sound", "plan": "按服务计划开展。", "effect_result": "sound",
        "effect": "小组出席率八成以上。", "money_result": "sound", "money": "专账核算，票据齐全。", "due_on": "",
    }  # fmt: skip


def _report(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {
        "findings": [{"item": key, "result": "sound", "finding": ""} for key in subject.drawn],
        "result": "抽中的记录与台账一致。", "due_on": "",
    }  # fmt: skip


def _recommend(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {
        "addressee": str(line.actor("item.approve").organisation_id), "about": str(line.purchase.pk),
        "field": "payment",
        "finding": "首期款拨付较合同约定晚。", "advice": "建立按合同节点提醒的拨付台账。",
        "due_on": (on + timedelta(days=30)).isoformat(),
    }  # fmt: skip


PAPERS = {
    "supervision.record": _record,
    "spot_check.commit": lambda line, subject, on: {
        "occasion": "irregular", "cycle": "", "source": "instalment", "size": "2",
    },
    "spot_check.draw": lambda line, subject, on: {},
    "spot_check.report": _report,
    "follow_up.answer": lambda line, subject, on: {"answer": "已补齐，附材料。"},
    "follow_up.close": lambda line, subject, on: {"verdict": "现场核实，已整改。"},
    "follow_up.return": lambda line, subject, on: {
        "reason": "材料仍不齐。", "due_on": (on + timedelta(days=7)).isoformat(),
    },
    "feedback.submit": lambda line, subject, on: {
        "nature": "complaint", "words": "活动室晚上不开放，上班的人用不上。", "contact": "13800000000",
    },
    "feedback.object": lambda line, subject, on: {
        "sender": "resident", "words": "公告没有说明各家得分，居民看不出为什么选这一家。", "name": "", "contact": "",
    },
    "feedback.reply": lambda line, subject, on: {
        "public_text": "评审按招标文件载明的因素和分值进行，价格占十分之一，中标单位综合得分第一。",
        "without_persons": True,
    },
    "feedback.accept": lambda line, subject, on: {"hotline_number": ""},
    "feedback.transfer": lambda line, subject, on: {
        "reason": "场地由街道管理。", "to": str(line.actor("item.propose").organisation_id),
    },
    "feedback.answer": lambda line, subject, on: {
        "public_text": "活动室自下月起每周二、四晚上开放。", "without_persons": True,
    },
    "feedback.forget": lambda line, subject, on: {"reason": "来信人要求删除。"},
    "recommendation.make": _recommend,
    "recommendation.answer": lambda line, subject, on: {"answer": "已建立台账，逐笔提醒。"},
    "recommendation.close": lambda line, subject, on: {"verdict": "台账已运行，予以办结。"},
    "recommendation.return": lambda line, subject, on: {
        "reason": "尚未覆盖市级资金。", "due_on": (on + timedelta(days=14)).isoformat(),
    },
}  # fmt: skip
