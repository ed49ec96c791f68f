"""询问与答疑."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "enquiry.ask": lambda line, subject, on: {"question": "申请书所附的机构财务报表，是否须经会计师事务所审计？"},
    "clarification.give": lambda line, subject, on: {
        "question": "申请书所附的机构财务报表是否须经审计？",
        "answer": "招标文件未要求审计，提供机构自行编制并盖章的报表即可。",
    },
}  # fmt: skip
