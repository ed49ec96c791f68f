"""What people write about needs: questionnaires, resources, worksheets, proposals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongyue.demonstration.line import Line

AGES = "18岁以下；18至35岁；36至59岁；60岁及以上"
TAKEN_PART = "个案辅导；小组；社区活动；居家照顾"
SERVICES = "长者照顾；亲子与家庭辅导；青少年成长；外来子女课后照管；残障康复；就业援助"


def _needs_survey(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {
        "title": f"{line.street.name}居民服务需求问卷",
        "introduction": "街道正在筹办社区综合服务中心，想先听听您最需要什么。答卷只用于确定服务内容。",
        "questions": [
            {"text": "您的年龄", "kind": "single", "options": AGES, "required": "on"},
            {"text": "您家最需要哪些服务（可多选）", "kind": "multiple", "options": SERVICES, "required": "on"},
            {"text": "您觉得这些服务有多迫切", "kind": "scale", "options": "", "required": "on"},
            {"text": "家里需要照顾的人数", "kind": "number", "options": "", "required": ""},
            {"text": "您还有什么建议", "kind": "text", "options": "", "required": ""},
        ],
    }  # fmt: skip


def _satisfaction_survey(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {
        "title": f"{line.street.name}社区综合服务中心满意度问卷",
        "introduction": "请给中心的服务打分，5 分最满意。",
        "questions": [
            {"text": "社工的服务态度", "kind": "scale", "options": "", "required": "on"},
            {"text": "服务对您和家人有没有帮助", "kind": "scale", "options": "", "required": "on"},
            {"text": "您参加过哪些服务", "kind": "multiple", "options": TAKEN_PART, "required": ""},
            {"text": "您希望怎样改进", "kind": "text", "options": "", "required": ""},
        ],
    }  # fmt: skip


PAPERS = {
    "needs_survey.draft": _needs_survey,
    "needs_survey.revise": _needs_survey,
    "needs_survey.open": lambda line, subject, on: {"closes_on": (on + timedelta(days=10)).isoformat()},
    "needs_survey.close": lambda line, subject, on: {},
    "satisfaction_survey.draft": _satisfaction_survey,
    "satisfaction_survey.revise": _satisfaction_survey,
    "satisfaction_survey.open": lambda line, subject, on: {"closes_on": ""},
    "satisfaction_survey.close": lambda line, subject, on: {},
}
