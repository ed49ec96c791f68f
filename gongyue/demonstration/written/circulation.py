"""公文."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _offices(*posts: Any) -> list[dict[str, str]]:
    return [{"organisation": str(post.organisation_id)} for post in posts]


def _draft(line: Any, subject: Any, on: Any) -> dict[str, Any]:
    cast = line.cast
    return {
        "title": f"关于{line.street.name}社区综合服务中心场地消防验收的函", "series": "越民函（演示）",
        "text": "中心二楼改造已完工，请协助办理消防验收，并明确接入社区卫生服务的安排。",
        "signers": _offices(cast.streets[line.street.pk], cast.finances[line.district]),
        "main": _offices(cast.departments["health"]), "copied": _offices(cast.city[0]),
    }  # fmt: skip


PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "signoff.draft": _draft,
    "signoff.check": lambda line, subject, on: {"opinion": "文字已核。"},
    "cosignature.give": lambda line, subject, on: {"stance": "agreed", "text": ""},
    "signoff.issue": lambda line, subject, on: {"settled": ""},
    "signoff.return": lambda line, subject, on: {"reason": "请补充验收时间。"},
}
