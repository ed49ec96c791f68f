"""What a social organisation writes of itself, and what is written where that proves untrue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from .programmes import paper

PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "profile.keep": lambda line, subject, on: {
        "established_on": date(on.year - 3, 3, 1).isoformat(), "registration_number": "穗民证字第 010001 号（演示）",
        "registration_authority": "广州市民政局", "registration_until": date(on.year + 1, 3, 1).isoformat(),
        "representative": "甘某",
        "introduction": "以专业社工为主体，从事家庭、长者、青少年社区服务，设督导和志愿者团队。",
        "accounts": "按民间非营利组织会计制度核算，每年委托会计师事务所审计，各项目专账管理。",
    },
    "pastproject.list": lambda line, subject, on: {
        "title": "社区长者日间照料服务（演示）", "issuer": "越秀区民政局", "amount": "380000",
        "begins_on": date(on.year - 2, 1, 1).isoformat(), "ends_on": date(on.year - 1, 12, 31).isoformat(),
        "text": "服务长者 420 人，个案结案率 93%，年终评估意见为按计划完成。",
    },
    "staffmember.list": lambda line, subject, on: {
        "person": "霍某", "title": "项目主任，社会工作师（中级）", "number": "粤社工（演示）2008-0101",
        "begins_on": date(on.year - 2, 6, 1).isoformat(), "ends_on": date(on.year + 1, 6, 1).isoformat(),
    },
    "qualification.list": lambda line, subject, on: {
        "title": "社会组织评估 4A 级（演示）", "number": "评字 2009-12", "issuer": "广州市民政局",
        "begins_on": "2009-12-01", "ends_on": "2014-11-30", "paper": paper("评估等级证书"),
    },
    "falsestatement.record": lambda line, subject, on: {
        "part": "profile", "what": "机构情况中列出的“社区长者日间照料服务”并非该机构承接。",
        "evidence": "向委托单位函询，回函称项目由另一机构承接。", "paper": paper("委托单位回函"),
    },
    "falsereply.give": lambda line, subject, on: {
        "text": "该项目由本机构与另一机构联合承接，合同以对方名义签订，附联合承接协议。",
        "paper": paper("联合承接协议"),
    },
    "falsestatement.drop": lambda line, subject, on: {"finding": "协议经委托单位确认，所列项目属实。"},
    "falsestatement.uphold": lambda line, subject, on: {
        "told": "以书面通知送达，给十日说明，期满未答。", "finding": "所列项目不实。已将情况函告区财政局依法处理。",
    },
    "penalty.list": lambda line, subject, on: {
        "title": "年度检查基本合格", "issuer": "广州市民政局", "begins_on": date(on.year - 1, 6, 1).isoformat(),
        "text": "因财务报告迟交，年检结论为基本合格；已按要求整改。",
    },
}  # fmt: skip
