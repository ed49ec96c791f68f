"""What is wrong with a pack, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class PackError:
    """One mistake in a pack: the file (relative to the packs' root), the line (from 1) and the reason."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"

    @classmethod
    def at(cls, where: str, reason: str) -> PackError:
        """The mistake at a stored place, `file:line`."""
        file, _, line = where.rpartition(":")
        return cls(file, int(line), reason)


class PackErrors(Exception):
    """Everything found wrong in one load, sorted by file and line; `str` gives one `file:line: reason` a line."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        self.errors = sorted(set(errors))
        super().__init__("\n".join(map(str, self.errors)))
