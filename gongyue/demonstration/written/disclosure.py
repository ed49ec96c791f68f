"""公开."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongyue.disclosure.queries import notices_of


def _log(line: Any, subject: Any, on: Any) -> dict[str, Any]:
    notices = notices_of(line.purchase)
    return {
        "notice": str(notices[0].entry) if notices else "", "channel": "designated",
        "channel_name": "广州市政府采购网（演示）", "address": "http://example.invalid/notice",
        "published_on": on.isoformat(),
    }  # fmt: skip


PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "publication.log": _log,
    "projectfacts.publish": lambda line, subject, on: {
        "content": "家庭个案辅导、长者居家关怀、青少年小组。", "method": "个案、小组与社区活动相结合，义工协助。",
        "expected": "年服务不少于 2500 人次，满意度有所提高。", "other": "",
    },
    "providerfile.submit": lambda line, subject, on: {
        "year": str(on.year), "item": "basic", "text": "民办非企业单位，持证社工 14 名，督导 2 名。", "true": "on",
    },
}  # fmt: skip
