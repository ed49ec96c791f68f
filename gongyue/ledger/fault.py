"""What verification says: one row of the ledger that is not what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["changed", "removed", "added", "reordered", "head"]
KINDS: dict[Kind, str] = {
    "changed": "被改动", "removed": "被删除", "added": "被添入", "reordered": "被调换", "head": "树头不符",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """`subject` and `version` name the record, `entry` and `seq` its rows among entries and leaves, where known.

    `head`: `seq` is the number of leaves of the tree head in question.
    """

    kind: Kind
    reason: str
    subject: str = ""
    version: int = 0
    entry: int | None = None
    seq: int | None = None

    def __str__(self) -> str:
        place = "树头" if self.kind == "head" else "叶"
        where = [
            f"记录 {self.entry}" if self.entry is not None else "",
            f"{place} {self.seq}" if self.seq is not None else "",
            f"{self.subject} 第 {self.version} 号" if self.subject else "",
        ]
        return f"{KINDS[self.kind]}：{'，'.join(part for part in where if part)}。{self.reason}"
