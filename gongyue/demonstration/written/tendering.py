"""What a bureau writes before it calls for bids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

STANDARD = "由专家组编写的服务质量标准：个案按期结案率、小组出席率、服务对象满意度。"


def _standard(line: Any, group: Any, on: date) -> dict[str, Any]:
    return {
        "organised": "third", "third_party": "南岭学院社会工作系（演示）", "standard": STANDARD,
        "written_on": on.isoformat(),
        "members": [
            {"name": "孔某", "organisation": "南岭学院（演示）", "speciality": "社会工作评估"},
            {"name": "柯某", "organisation": "家庭服务研究会（演示）", "speciality": "家庭与青少年服务"},
        ],
    }  # fmt: skip


PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "standardgroup.record": _standard,
    "bid.withdraw": lambda line, bid, on: {"reason": "团队负责人离任，无力按方案履行。"},
}
