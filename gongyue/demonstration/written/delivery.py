"""What a provider writes while it serves, and what offices answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongyue.delivery.models import Coordination, Partner, Referral, ServicePlan, TeamMember, Volunteer
from gongyue.delivery.models.service import Service

ITEMS = ("家庭个案辅导", "长者居家关怀", "青少年小组")


def _count(line: Any, kind: type[Service]) -> int:
    return int(kind._default_manager.filter(purchase=line.purchase).count()) + 1


def _plan(line: Any, plan: ServicePlan, on: date) -> dict[str, Any]:
    return {
        "summary": "以家庭服务为重点，完成需求回访，开展三项服务。",
        "outputs": [
            {"item": ITEMS[0], "service_kind": "case", "sessions": "60", "times": "60"},
            {"item": ITEMS[1], "service_kind": "visit", "sessions": "600", "times": "1200"},
            {"item": ITEMS[2], "service_kind": "group", "sessions": "24", "times": "240"},
        ],
    }


def _worker(line: Any, worker: TeamMember, on: date) -> dict[str, Any]:
    number = _count(line, TeamMember)
    return {
        "code": f"W{number:02d}", "name": f"社工{'甲乙丙丁戊己庚辛'[number % 8]}（演示）", "duty": "social_worker",
        "origin": "own", "certificate": f"粤社工{number:05d}（演示）", "certificate_until": "2013-06-30",
        "full_time": True, "hours": "160", "since": line.contract().starts_on.isoformat(),
    }  # fmt: skip


def _record(line: Any, record: Any, on: date) -> dict[str, Any]:
    worker = TeamMember.objects.filter(purchase=line.purchase).order_by("pk").first()
    return {
        "served_on": on.isoformat(), "service_kind": "visit", "worker": worker.pk if worker else "", "item": ITEMS[1],
        "people": "2", "times": "2", "direct": "60", "indirect": "20", "note": "上门探访，情况稳定。",
    }  # fmt: skip


def _partner(line: Any, partner: Partner, on: date) -> dict[str, Any]:
    office = line.cast.departments["disabled"].organisation_id
    return {
        "department": "disabled", "organisation": office, "service": "康复训练与辅助器具适配",
        "contact": "康复部 020-8000 0000（演示）",
    }  # fmt: skip


def _referral(line: Any, referral: Referral, on: date) -> dict[str, Any]:
    partner = Partner.objects.filter(purchase=line.purchase).order_by("pk").first()
    return {
        "partner": partner.pk if partner else "", "client_code": "C001", "person": "陈伯（演示）13800000000",
        "need": "肢体康复训练", "consented": True, "consent_on": on.isoformat(),
    }  # fmt: skip


def _coordination(line: Any, coordination: Coordination, on: date) -> dict[str, Any]:
    office = line.cast.streets[line.street.pk].organisation_id
    return {"matter": "活动场地用电增容", "detail": "活动室电路负荷不足，需街道协调物业增容。", "asked": office}


def _contact(line: Any, contact: Any, on: date) -> dict[str, Any]:
    office = line.cast.streets[line.street.pk].organisation_id
    return {
        "held_on": on.isoformat(), "way": "meeting", "counterpart": office, "about": "通报首月服务情况，核对转介渠道",
        "agreed": "每月第一周碰头一次；困难家庭名单经本人同意后转介。",
    }  # fmt: skip


def _pair(line: Any, volunteer: Volunteer, on: date) -> dict[str, Any]:
    worker = TeamMember.objects.filter(purchase=line.purchase).order_by("pk").first()
    return {"worker": worker.pk if worker else ""}


PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "plan.submit": _plan,
    "receipt.sign": lambda line, subject, on: {"opinion": "已收到。"},
    "cycle.set": lambda line, subject, on: {
        "months": "2", "first_on": line.contract().starts_on.replace(day=28).isoformat(),
        "basis": "购买方与承接主体协商确定（演示）",
    },
    "briefing.submit": lambda line, subject, on: {
        "progress": "团队到位，三项服务按计划开展。", "problems": "活动室用电负荷不足。", "plans": "开展长者入户探访。",
    },
    "briefing.receive": lambda line, subject, on: {"opinion": "已阅。"},
    "worker.join": _worker,
    "worker.leave": lambda line, subject, on: {
        "until": on.isoformat(), "reason": "个人原因离职。", "successor": "由 W02 接替，个案已交接。",
    },
    "worker.replace": lambda line, subject, on: {"opinion": "接替人员持证，同意。"},
    "worker.keep": lambda line, subject, on: {"reason": "个案正在转介的关键阶段，请留任到年底。"},
    "volunteer.leave": lambda line, subject, on: {"reason": "到外地读书。"},
    "client.erase": lambda line, subject, on: {"asked": "client"},
    "record.correct": lambda line, record, on: _record(line, record, on) | {
        "served_on": record.served_on.isoformat(), "service_kind": record.service_kind, "people": str(record.people),
        "times": str(record.times + 1), "direct": "90", "reason": "漏记一次家访，时长少计半小时。",
    },
    "record.void": lambda line, subject, on: {"reason": "与另一条重复。"},
    "partner.remove": lambda line, subject, on: {"reason": "该项服务已并入中心。"},
    "coordination.reopen": lambda line, subject, on: {"reason": "增容后仍跳闸，请再协调。"},
    "volunteer.enrol": lambda line, subject, on: {
        "code": f"V{_count(line, Volunteer):03d}", "name": "志愿者阿明（演示）", "skills": "陪伴长者、摄影",
        "since": on.isoformat(),
    },
    "volunteer.pair": _pair,
    "volunteer.serve": lambda line, subject, on: {
        "served_on": on.isoformat(), "minutes": "120", "what": "协助社工入户探访独居长者",
    },
    "client.register": lambda line, subject, on: {
        "code": "C001", "name": "陈伯（演示）", "contact": "13800000000", "group": "独居长者", "consented": True,
        "consent_on": on.isoformat(),
    },
    "record.enter": _record,
    "partner.list": _partner,
    "referral.send": _referral,
    "referral.receive": lambda line, subject, on: {},
    "referral.answer": lambda line, subject, on: {"outcome": "taken", "answer": "已评估，每周两次训练。"},
    "coordination.raise": _coordination,
    "coordination.answer": lambda line, subject, on: {"answer": "已联系物业，本周内增容。"},
    "coordination.close": lambda line, subject, on: {"opinion": "已通电。"},
    "contact.log": _contact,
}  # fmt: skip
