"""What rules may ask of the documents as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.tendering import contents, terms
from gongyue.tendering.models import Tender

PARTS = {
    "conditions": "资格条件", "requirement": "采购需求", "review": "评审方法和标准", "contract": "合同草案",
    "changeable": "可能变动的内容",
}  # fmt: skip
SIDES = {
    "capacity_quality": "质量控制", "capacity_schedule": "进度控制", "capacity_emergency": "应急措施",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TermsFacts:
    """The documents' own contents; before they are drafted nothing of them stands."""

    missing: Annotated[list[str], "采购文件应有而没有写的内容"]
    lacking: Annotated[list[str], "招标文件没有写明的内容（第87号令第二十条各项，代码中的名称）"]
    review: Annotated[str, "评审方法（comprehensive 综合评分，lowest 最低评标价）"]
    points: Annotated[int, "文件所列评审因素的分值合计"]
    musts: Annotated[int, "实质性要求的条数"]
    floor: Annotated[bool, "是否设定最低限价"]
    scale_factors: Annotated[list[str], "把规模条件作评审因素的"]
    scale_conditions: Annotated[list[str], "把规模条件作资格条件的"]
    condition_factors: Annotated[list[str], "与文件所列资格条件同名的评审因素"]
    unquantified: Annotated[list[str], "没有分区间量化的评审因素"]
    flat: Annotated[list[str], "不同区间分值相同的评审因素"]
    capacity_gaps: Annotated[list[str], "履约能力没有评到的方面"]
    low_average_bp: Annotated[int | None, "文件提高的异常低价标准：占平均报价的比例"]
    low_second_bp: Annotated[int | None, "文件提高的异常低价标准：占次低报价的比例"]
    low_ceiling_bp: Annotated[int | None, "文件提高的异常低价标准：占最高限价的比例"]

    @classmethod
    def of(cls, tender: Tender) -> Self:
        marks = tender.low_marks
        return cls(
            missing=[PARTS[part] for part in terms.missing(tender)],
            lacking=contents.lacking(tender),
            review=tender.review_method,
            points=sum(factor["points"] for factor in tender.factors),
            musts=len(tender.musts),
            floor=tender.floor_fen is not None,
            scale_factors=terms.of_scale(factor["name"] for factor in tender.factors),
            scale_conditions=terms.of_scale(row["name"] for row in tender.conditions),
            condition_factors=terms.named_as_condition(tender),
            unquantified=terms.unquantified(tender),
            flat=terms.flat(tender),
            capacity_gaps=[SIDES[side] for side in terms.capacity_gaps(tender)],
            low_average_bp=marks.get("average_bp"),
            low_second_bp=marks.get("second_bp"),
            low_ceiling_bp=marks.get("ceiling_bp"),
        )
