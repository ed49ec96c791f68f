"""What a supplier asks and challenges, and what the purchaser answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "question.ask": lambda line, subject, on: {"text": "未中标的投标人怎样得知本机构的得分？"},
    "question.answer": lambda line, subject, on: {
        "answer": "得分和名次随结果公告公布，也可到区民政局查阅本机构的评分汇总。", "no_secret": True,
    },
    "challenge.lodge": lambda line, subject, on: {
        "address": "广州市某路 1 号，邮编 510000", "contact": "甘某，020-00000000",
        "matters": "“团队与督导”一项的得分低于预期，怀疑督导的资格证书没有计入。",
        "request": "请求复核该项得分。", "grounds": "投标文件附有两名督导的资格证书。",
        "basis": "政府采购法第五十二条。", "evidence": "投标文件目录、督导资格证书复印件。",
        "knew_on": on.isoformat(), "signed": True,
    },
    "challenge.accept": lambda line, subject, on: {
        "effect": "may", "effect_reason": "质疑涉及第二名的得分，复核前不能排除影响名次。",
    },
    "challenge.answer": lambda line, subject, on: {
        "outcome": "unfounded", "then": "go_on",
        "answer": "已请原评审专家复核：两名督导的资格证书均已计入，得分无误。",
        "facts": "评分表与复核记录。", "basis": "招标文件载明的评审因素和分值。", "right": True, "no_secret": True,
        "in_writing": True, "helped": True,
    },
}  # fmt: skip
