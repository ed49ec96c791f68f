"""What the city writes about its pilot, and the streets about getting ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.programmes.models import Norm, Opinion, Task

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


PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "programme.launch": lambda line, subject, on: {"opinion": "按试点工作方案启动。"},
    "programme.summarise": lambda line, subject, on: {
        "summary": "二十个试点街道均已建立社区综合服务中心，购买服务的流程可行。",
        "rollout": "分年度在全市街道推广，优先安排人口集中、服务半径过大的街道。",
        "layout": "场地建设已报市规划局，按专项规划纳入控制性详细规划。",
        "summary_paper": paper("试点总结报告"), "rollout_paper": paper("推广方案"),
    },
    "norm.draft": _draft,
    "opinion.give": _give,
    "norm.issue": _issue,
    "norm.evaluate": lambda line, subject, on: {
        "effect": "各区据此完成购买，招标周期偏长的问题需要修订解决。", "conclusion": Norm.Conclusion.REVISE,
    },
    "task.answer": _answer,
}  # fmt: skip
