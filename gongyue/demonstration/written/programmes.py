"""What the city writes about its pilot, and the streets about getting ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.programmes.models import Norm, Opinion, Site, Task

from . import ready_by

TEXTS = {
    "procedure": "一、需求评估。二、招投标。三、合同与资金。四、评估。（演示文本，非正式规范）",
    "quality": "一、服务对象权益。二、服务过程记录。三、人员资质与督导。四、满意度回访。（演示文本，非正式标准）",
    "agreement": "一、资助范围。二、服务指标。三、拨付与监管。四、违约责任。（演示文本，非正式协议）",
}


def paper(name: str) -> SimpleUploadedFile:
    """A file that says that it is for demonstration only."""
    return SimpleUploadedFile(f"{name}.txt", f"{name}（演示文本）".encode(), content_type="text/plain")


def _draft(line: Any, norm: Norm, on: date) -> dict[str, Any]:
    adviser = line.cast.departments.get("research") if norm.edition == 0 else None
    again = "按审查意见修改" if norm.edition else ""
    return {"text": TEXTS[norm.code], "change": again} | ({"adviser": adviser.organisation_id} if adviser else {})


def _give(line: Any, opinion: Opinion, on: date) -> dict[str, Any]:
    text = "内容合法，同意颁布。" if opinion.role == Opinion.Role.LEGAL else "建议进一步明确服务对象的参与权。"
    return {"result": Opinion.Result.AGREED, "opinion": text}


def _issue(line: Any, norm: Norm, on: date) -> dict[str, Any]:
    number = ("procedure", "quality", "agreement").index(norm.code) + 1
    return {"document_number": f"穗民（演示）{number}号", "issued_on": on.isoformat()}


def _answer(line: Any, task: Task, on: date) -> dict[str, Any]:
    return {"answer": "已列入本部门年度工作，并确定专人与试点街道联系。"}


def _site(line: Any, subject: Any, on: date) -> dict[str, Any]:
    first = not Site.objects.filter(purchase=subject.purchase).exclude(state=Site.State.CLOSED).exists()
    return {
        "name": "总部（文化站二楼）" if first else "长者活动分部", "site_kind": "converted",
        "area": "620" if first else "180",
        "address": f"{line.street.name}文化站二楼" if first else f"{line.street.name}幸福里 8 号首层", "is_head": first,
        "planned_on": ready_by(on).isoformat(), "access": "公交站 80 米；首层设坡道。",
    }  # fmt: skip


def _change(line: Any, subject: Any, on: date) -> dict[str, Any]:
    return {
        "found_by": "supervision", "reason": "日常监督发现独居长者上门服务不足，青少年小组参加人数偏少。",
        "goals": "年服务不少于 2500 人次，其中独居长者上门不少于 900 人次。",
        "content": "增加长者上门服务，青少年小组由 48 节减为 36 节。",
    }  # fmt: skip


def _stage() -> dict[str, Any]:
    return {
        "progress": "多数试点街道的中心已经建成并提供服务，购买服务的流程走通；其余街道正在招标或筹建。",
        "functions": "以家庭服务为重点，为区域内个人和家庭提供服务，与暂不能整合的服务建立转介关系。",
        "planning": "已送市有关部门，提请纳入“十二五”计划。",
    }


PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "programme.launch": lambda line, subject, on: {"opinion": "按试点工作方案启动。"},
    "programme.summarise": lambda line, subject, on: {
        "summary": "二十个试点街道均已建立社区综合服务中心，购买服务的流程可行。",
        "rollout": "分年度在全市街道推广，优先安排人口集中、服务半径过大的街道。",
        "layout": "场地建设已报市规划局，按专项规划纳入控制性详细规划。",
        "summary_paper": paper("试点总结报告"), "rollout_paper": paper("推广方案"),
    },
    "stagereport.draft": lambda line, subject, on: _stage(),
    "stagereport.submit": lambda line, subject, on: _stage() | {"paper": paper("试点阶段报告")},
    "norm.draft": _draft,
    "opinion.give": _give,
    "norm.issue": _issue,
    "norm.evaluate": lambda line, subject, on: {
        "effect": "各区据此完成购买，招标周期偏长的问题需要修订解决。", "conclusion": Norm.Conclusion.REVISE,
    },
    "task.answer": _answer,
    "site.register": _site,
    "site.ready": lambda line, subject, on: {"ready_on": on.isoformat()},
    "sitecost.budget": lambda line, subject, on: {
        "year": str(on.year), "purpose": "场地改建和无障碍改造", "budget_number": f"区财预〔{on.year}〕18 号（演示）",
        "amount": "380000",
    },
    "sitecost.spend": lambda line, subject, on: {"amount": "150000", "voucher": "记-0912（演示）"},
    "siteproblem.raise": lambda line, subject, on: {"what": "文化站产权属市属单位，改建手续须规划部门确认用途。"},
    "siteproblem.escalate": lambda line, subject, on: {
        "request": "请确认该场地可作社区公共服务用途，并指导办理改建手续。",
        "organisation": line.cast.departments["planning"].organisation_id,
    },
    "siteproblem.answer": lambda line, subject, on: {"answer": "用途符合控规，可按公共服务设施办理。"},
    "cooperation.ask": lambda line, subject, on: {
        "what": "请协助把残疾人康复服务与中心对接，确定转介联系人。",
        "organisation": line.cast.departments["disabled"].organisation_id,
    },
    "cooperation.answer": lambda line, subject, on: {"answer": "已确定联系人，每月集中转介一次。"},
    "siting.record": lambda line, subject, on: {
        "radius": "800", "population": "52000", "conditions": "老城区，长者比例高。", "build_stage": "building",
    },
    "siting.enter": lambda line, subject, on: {"layout_plan": "社区综合服务中心布局专项规划（演示）"},
    "transfer.record": lambda line, subject, on: {
        "posts": "6", "staff": "5", "placements": [{"unit": "街道出租屋管理服务中心", "posts": "6", "staff": "5"}],
    },
    "secondment.begin": lambda line, subject, on: {
        "name": "谭某（演示）", "duty": "长者服务", "origin": "街道文化站", "since": on.isoformat(),
    },
    "secondment.end": lambda line, subject, on: {"until": on.isoformat()},
    "entity.record": lambda line, subject, on: {
        "name": f"{line.street.name}社区综合服务中心（民办非企业单位，演示）",
        "registration_number": "粤穗民证字第 0001 号（演示）",
        "registered_on": "2010-08-20", "registration_authority": "区民政局", "founder": f"{line.street.name}道办事处",
        "founded_by_street": True, "supervisor": "street", "supervisor_name": f"{line.street.name}道办事处",
        "authorisation": "区府办〔2010〕12 号（演示）", "staff_total": "12",
        "acknowledge-founder-supervises": "由区民政局按季度独立检查，街道不参与评估。",
    },
    "authority.record": lambda line, subject, on: {
        "level": "district", "representative": line.cast.bureaus[line.district][0].organisation_id,
        "body": "department", "document_number": "区府办函〔2010〕第 6 号（演示）", "issued_on": "2010-07-20",
    },
    "planchange.propose": _change,
    "planchange.return": lambda line, subject, on: {"reason": "请写明调整后各项服务的数量。"},
    "site.close": lambda line, subject, on: {"reason": "房屋由业主收回，服务并入新总部。"},
    "streetcount.record": lambda line, subject, on: {
        "district": "440104", "year": str(on.year), "streets": "22", "source": "区划统计（演示数）",
    },
    "candidate.find": lambda line, subject, on: {
        "district": "440105", "address": "江南中街旧仓库二层", "old_area": True, "holder": "区房管局", "area": "540",
        "use": "闲置",
    },
    "candidate.match": lambda line, subject, on: {},
    "candidate.drop": lambda line, subject, on: {"reason": "消防验收不能通过，不宜作服务场地。"},
    "task.assign": lambda line, subject, on: {
        "what": "明确社区卫生服务中心与综合服务中心双向转介的联系人和程序。",
        "due_on": (on + timedelta(days=30)).isoformat(),
    },
    "planchange.approve": lambda line, subject, on: {"opinion": "同意调整。"},
    "implementation.prioritise": lambda line, subject, on: {"basis": "“三位一体”试点街道名单（演示）"},
}  # fmt: skip
