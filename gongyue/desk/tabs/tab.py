"""What a part of a purchase's page says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from gongyue.desk.casefile import CaseFile


def nothing(case: CaseFile) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Tab:
    """`name`: a section of kinds. `body`: the template of what it shows beside panel, deadlines and papers, with
    what `context` reads for it as `tab_data`. `papers` false: the body shows its kinds itself.
    """

    name: str
    label: StrOrPromise
    icon: str
    body: str = ""
    context: Callable[[CaseFile], Mapping[str, Any]] = nothing
    papers: bool = True
    dated: bool = False
