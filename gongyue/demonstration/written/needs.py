"""What people write about needs: questionnaires, resources, worksheets, proposals."""

from __future__ import annotations

from collections.abc import Sequence
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


RESOURCES = [
    ("venue", "文化站二楼", "街道办事处", "400 平方米，可设六间活动室", "merge"),
    ("service", "居家养老服务部", "街道办事处", "服务独居长者 60 人", "merge"),
    ("organisation", "社区卫生服务中心", "区卫生局", "全科医生 8 名", "refer"),
    ("volunteer", "志愿者服务队", "团工委", "登记志愿者 120 名", "connect"),
]
NORM = "服务质量标准（试行，演示）"
ITEMS = [
    ("家庭个案辅导", "family", "first", "on", NORM), ("长者居家关怀", "family", "first", "on", NORM),
    ("青少年小组", "individual", "later", "", ""),
]  # fmt: skip
COSTS = [
    ("家庭个案辅导", "困难家庭", "120", "个", "2400", "300", "300"),
    ("长者居家关怀", "独居长者", "2400", "人次", "120", "20", "10"),
    ("青少年小组", "在校青少年", "48", "节", "3800", "900", "300"),
]
PEOPLE = [
    ("区某", "区民政局社会工作科", "服务内容与需求相符。"),
    ("孔某", "南岭学院（演示）", "家庭服务先行，分两期增加青少年服务。"),
    ("居民代表", "居民委员会", "希望夜间也有人值班。"),
]


def _rows(names: str, rows: Sequence[tuple[str, ...]]) -> list[dict[str, str]]:
    return [dict(zip(names.split(), row, strict=True)) for row in rows]


def _inventory(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {"surveyed_on": on.isoformat(), "resources": _rows("kind name holder capacity joining", RESOURCES)}


def _proposal(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {
        "content": "以家庭服务为主，兼顾长者和青少年，逐步并入街道原有服务。", "goals": "年服务不少于 2500 人次。",
        "basis": "依据居民需求问卷和辖内资源摸查。",
        "services": _rows("service category phase ready standard", ITEMS),
        "costs": _rows("service target volume unit staff activity other", COSTS),
    }  # fmt: skip


def _argue(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {
        "argued_on": on.isoformat(), "participants": _rows("name organisation opinion", PEOPLE), "result": "adopted",
        "conclusion": "服务内容与居民需求和现有资源相符，同意按此编制购买项目和招标文件。",
    }  # fmt: skip


PAPERS = {
    "inventory.record": _inventory,
    "inventory.update": _inventory,
    "service_proposal.submit": _proposal,
    "service_proposal.argue": _argue,
    "service_proposal.return": lambda line, subject, on: {"reason": "外来子女课后照管没有列入，请与居委会再议。"},
    "needs_survey.draft": _needs_survey,
    "needs_survey.revise": _needs_survey,
    "needs_survey.open": lambda line, subject, on: {"closes_on": (on + timedelta(days=10)).isoformat()},
    "needs_survey.close": lambda line, subject, on: {},
    "satisfaction_survey.draft": _satisfaction_survey,
    "satisfaction_survey.revise": _satisfaction_survey,
    "satisfaction_survey.open": lambda line, subject, on: {"closes_on": ""},
    "satisfaction_survey.close": lambda line, subject, on: {},
}
