"""采购文件: what is missing in it, and what of its scoring does not hold, as it stands written.

No article is named here: what the law of the day says of each is its rule's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import bands
from .methods import ONE, Way

if TYPE_CHECKING:
    from .models import Factor, Tender

SCALE = re.compile(
    "注册资[本金]|开办资金|资产总额|总资产|营业(收入|额)|年收入|从业人(员|数)|(员工|职工|人员)(人数|数量|规模)|人数|利润|纳税额"
)
CAPACITY = ("capacity_quality", "capacity_schedule", "capacity_emergency")
NEGOTIATED = frozenset({str(Way.NEGOTIATION), str(Way.CONSULTATION)})
UNSCORED = frozenset({str(Way.NEGOTIATION), *map(str, ONE)})  # the lowest offer wins, or there is one
PARTS = ("conditions", "requirement", "review", "contract", "changeable")


def missing(tender: Tender) -> list[str]:
    """Of the contents that documents must hold, those that are not written: `changeable` only where one negotiates,
    `review` only where somebody scores."""
    written = {
        "conditions": bool(tender.conditions), "requirement": bool(tender.requirement.strip()),
        "review": tender.way in UNSCORED or reviewed(tender),
        "contract": bool(tender.contract_draft.strip()),
        "changeable": tender.way not in NEGOTIATED or bool(tender.changeable.strip()),
    }  # fmt: skip
    return [part for part in PARTS if not written[part]]


def reviewed(tender: Tender) -> bool:
    """Whether method and standards of review are written: by the lowest price there are no points to be."""
    return bool(tender.review_method) and (bool(tender.factors) or tender.review_method == tender.Review.LOWEST)


def of_scale(names: Iterable[str]) -> list[str]:
    """The names that speak of how large a bidder is."""
    return [name for name in names if SCALE.search("".join(name.split()))]


def named_as_condition(tender: Tender) -> list[str]:
    """The factors that bear the name of a condition listed in the documents themselves."""
    listed = {"".join(row["name"].split()) for row in tender.conditions}
    return [factor["name"] for factor in tender.factors if "".join(factor["name"].split()) in listed]


def unquantified(tender: Tender) -> list[str]:
    """Judged factors without intervals of points."""
    return [factor["name"] for _number, factor in tender.judged if not factor.get("bands")]


def flat(tender: Tender) -> list[str]:
    """Factors of which two intervals earn the same."""
    return [factor["name"] for factor in tender.factors if factor.get("bands") and _repeats(factor)]


def _repeats(factor: Factor) -> bool:
    points = [band.points for band in bands.read(factor["bands"])]
    return len(set(points)) < len(points)


def capacity_gaps(tender: Tender) -> list[str]:
    """Where the capacity to perform is scored, those of its three sides that no factor is about."""
    groups = {factor.get("group", "") for factor in tender.factors}
    return [side for side in CAPACITY if side not in groups] if any(g.startswith("capacity") for g in groups) else []
