"""What the people of the demonstration write into the forms, where a step does not say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from gongyue.clock import LOCAL
from gongyue.kernel.models import Subject
from gongyue.tendering import qualification
from gongyue.tendering.contents import WRITTEN, listed_by

from . import written
from .written.tendering import STANDARD

if TYPE_CHECKING:
    from .line import Line

Paper = Callable[["Line", Any, date], dict[str, Any]]


def yuan(fen: int) -> str:
    """Hundredths as people write them."""
    return f"{fen // 100}.{fen % 100:02d}"


def _open(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    mode = line.unit.mode if line.unit else ""
    scope = "centre" if mode == "one" else "project"
    return {"title": f"{line.street.name}社区综合服务中心", "scope": scope, "bought": True}


def _implementation(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    return {
        "goals": "两年内建成一个家庭服务为主的综合服务中心，为辖内长者、青少年和困难家庭提供专业服务。",
        "content": "家庭服务、长者服务、青少年服务各设专责社工；逐步并入街道原有的社区服务资源。",
        "former_name": f"{line.street.name}社区服务中心",
        "site_kind": "converted", "site_address": f"{line.street.name}文化站二楼",
        "site_ready_on": written.ready_by(on).isoformat(),
    }  # fmt: skip


def _conclude_needs(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    services = [
        {"service": "家庭个案辅导", "target": "困难家庭", "volume": "120", "unit_cost": "3000"},
        {"service": "长者居家关怀", "target": "独居长者", "volume": "2400", "unit_cost": "150"},
        {"service": "青少年小组", "target": "在校青少年", "volume": "48", "unit_cost": "5000"},
    ]
    return {
        "concluded_on": on.isoformat(), "sample": "412", "services": services,
        "summary": "独居长者照顾、亲子关系和外来子女课后照管最受关注；三项服务的年服务总量据此测算。",
    }  # fmt: skip


def _propose(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    return {
        "year": str(line.cast.programme.year), "amount": yuan(line.unit.total_fen) if line.unit else "2000000",
        "content": "社区综合服务中心整体营办", "goals": "年服务不少于 2500 人次",
        "requirements": "配备不少于 10 名持证社工；设家庭、长者、青少年三个服务领域；按月报送服务记录。",
    }  # fmt: skip


def _contents(line: Line, on: date) -> dict[str, Any]:
    """What the documents hold besides, once an order lists it."""
    rows = [{"item": item, "text": "见招标文件相应章节"} for item in WRITTEN if item != "agency_fee"]
    return {"contents": rows} if listed_by(line.regime, on) else {}


def _draft_tender(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    return {
        "title": f"{line.street.name}社区综合服务中心服务采购",
        "ceiling": yuan(line.unit.total_fen if line.unit else 0),
        "requirement": "营办社区综合服务中心，提供家庭、长者、青少年服务。", "renewal_announced": True,
        "quality_standard": STANDARD,
        "application_form": "项目申请书：机构概况、实施方案、经费使用细则、以往项目报告。",
        "conditions": [{"name": "能独立承担法律责任的社会组织", "proof": "登记证书"}],
        "musts": [{"name": "个案按期结案率", "least": "不低于百分之九十"}],
        **_contents(line, on),
        "contract_draft": "服务范围、对象、数量、质量、期限、分期支付与考核、权利义务、违约责任、争议解决，见附件。",
        "background": "辖内常住人口约六万，独居长者比例较高。", "resources": "场地 800 平方米，已具备开展服务的条件。",
        "factors": [
            {"name": "服务方案", "points": "40", "is_price": "", "measures": "个案按期结案率"},
            {"name": "团队与督导", "points": "30", "is_price": "", "measures": "小组出席率"},
            {"name": "以往业绩", "points": "20", "is_price": "", "measures": "服务对象满意度"},
            {"name": "价格", "points": "10", "is_price": "on"},
        ],
    }  # fmt: skip


def _publish(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    due = datetime.combine(on + timedelta(days=21), time(9, 30), LOCAL)
    given = {"bids_due_at": due.strftime("%Y-%m-%dT%H:%M"), "opening_place": "区政府采购中心开标室"}
    if getattr(subject, "sealed", False) or not _asks(line, "tender.publish", "sealed-by-default", on):
        return given
    return given | {"acknowledge-sealed-by-default": "投标文件以纸质密封送达，由采购人签收，开标前与监督人员共同保管。"}


def _asks(line: Line, action: str, rule: str, on: date) -> bool:
    """Whether a rule is asked of an action on a day."""
    return any(one.id == rule for one in line.regime.rules(action, on))


def _appoint(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    return {"experts": [str(post.pk) for post in line.cast.experts[:3]]}


def _bid(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    return {
        "plan": "以家庭为单位评估与跟进，社工带领志愿者开展服务。",
        "fund_rules": "人员支出不低于七成，管理费不高于一成，专账核算。",
        "profile": "成立以来承接社区服务项目四个，均已结项。", "truthful": True, "price": "1980000",
    }  # fmt: skip


def _qualify(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    papers = {"liability": "登记证书", "accounting": "审计报告", "ability": "社工名册", "reputation": "信用查询结果"}
    return {
        "checks": [
            {"item": item.zh, "result": "合格", "evidence": papers.get(item.id, "所附材料")}
            for item in qualification.items(line.regime)
        ],
        "evidence": "登记证书、审计报告、社工名册与信用查询结果均已核对。",
    }


def _disqualify(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    """The last item fails."""
    rows = _qualify(line, subject, on)["checks"]
    failed = {"result": "不合格", "reason": "信用查询结果载有尚在执行期内的行政处罚"}
    return {"checks": [*rows[:-1], rows[-1] | failed], "reason": "资质评价表中有一项不合格，投标不进入评分。"}


def _score(line: Line, subject: Any, on: date) -> dict[str, Any]:
    """Each expert a little apart; earlier bids a little better, so that somebody wins."""
    experts = [post.pk for post in line.cast.experts]
    expert = experts.index(subject.post_id) if subject.post_id in experts else 0
    bids = line.qualified()
    scores = {
        str(bid.pk): {
            str(number): yuan(factor["points"] * (92 - 4 * place - expert)) for number, factor in subject.tender.judged
        }
        for place, bid in enumerate(bids)
    }
    return {"scores": scores, "independent": True}


def _draft_contract(line: Line, subject: Subject, on: date) -> dict[str, Any]:
    from gongyue.tendering.models import Tender  # the line's own kinds are imported beside it

    tender = line.latest(Tender)
    price = tender.winner.price_fen
    first, second = price * 4 // 10, price * 4 // 10
    rows = [(30, first, ""), (200, second, "midterm"), (370, price - first - second, "yearend")]
    return {
        "number": f"GZ-{line.street.pk.partition(':')[0]}-{line.purchase.pk:03d}", "amount": yuan(price),
        "starts_on": (on + timedelta(days=14)).isoformat(), "ends_on": (on + timedelta(days=378)).isoformat(),
        "service_requirements": "按投标实施方案提供家庭、长者、青少年服务，年服务不少于 2500 人次。",
        "quality_standard": "按随招标文件发布的服务质量标准执行。",
        "payment_method": "分三期支付：首期 40%，中期评估后 40%，年终评估后 20%。",
        "rights_duties": "甲方按期付款并监督；乙方配备人员、保证质量、专账核算、如实报告。",
        "instalments": [
            {"due_on": (on + timedelta(days=days)).isoformat(), "amount": yuan(fen), "requires": requires}
            for days, fen, requires in rows
        ],
    }  # fmt: skip


def _invoice(line: Line, subject: Any, on: date) -> dict[str, Any]:
    number = subject.instalment.number + 5 * (subject.instalment.contract.year_number - 1)
    return {
        "invoice_number": f"0{4401000 + subject.purchase.pk * 10 + number}",
        "invoice_on": on.isoformat(), "invoice_amount": yuan(subject.instalment.amount_fen),
        "progress": "服务按计划进行，个案、小组、活动记录齐备。",
    }  # fmt: skip


def _evaluate(line: Line, subject: Any, on: date) -> dict[str, Any]:
    """By indicator where a system of evaluation was adopted."""
    rows = subject.framework.score_rows() if subject.framework else []
    scores = [{"indicator": row["indicator"], "mark": str(84 + 2 * n)} for n, row in enumerate(rows)]
    return {
        "scores": scores, "quality": "86.5", "quantity": "92", "conclusion": "服务按合同推进，建议加强志愿者培训。",
    }  # fmt: skip


def _pay(line: Line, subject: Any, on: date) -> dict[str, Any]:
    return {"voucher_number": f"ZF{on:%Y%m%d}{subject.pk:04d}", "paid_on": on.isoformat(), "account": "6218",
            "channel": "direct", "payee_bank": "演示银行广州分行"}  # fmt: skip


PAPERS: dict[str, Paper] = {
    "purchase.open": _open,
    "implementation.submit": _implementation,
    "implementation.review": lambda line, subject, on: {"opinion": "方案可行，同意上报。"},
    "implementation.approve": lambda line, subject, on: {
        "panel": [
            {"name": "区某", "organisation": "市民政局社会工作处"},
            {"name": "孔某", "organisation": "南岭学院（演示）"},
        ],
        "result": "approved",
        "opinion": "同意按方案试点。",
    },  # fmt: skip
    "needs.start": lambda line, subject, on: {
        "assessor": "街道与受托调研机构",
        "method": "survey",
        "commission": "委托调研函（演示）第 1 号",
    },  # fmt: skip
    "needs.conclude": _conclude_needs,
    "item.propose": _propose,
    "item.approve": lambda line, subject, on: {"opinion": "列入本年度购买服务项目。"},
    "share.commit": lambda line, subject, on: {"opinion": "已安排指标。"},
    "tender.draft": _draft_tender,
    "tender.brief": lambda line, subject, on: {
        "held_on": on.isoformat(),
        "venue": "区民政局会议室",
        "minutes": "介绍需求、背景与资源，回答了七个问题。",
    },  # fmt: skip
    "tender.publish": _publish,
    "tender.appoint": _appoint,
    "tender.open": lambda line, subject, on: {"attendance": "采购人代表、监督人员、投标人代表签到。"},
    "tender.score": lambda line, subject, on: {"opinion": "评分汇总无异议。"},
    "tender.award": lambda line, subject, on: {"opinion": "确定排名第一的投标人中标。"},
    "bid.submit": _bid,
    "sheet.submit": _score,
    "bid.qualify": _qualify,
    "bid.disqualify": _disqualify,
    "contract.draft": _draft_contract,
    "contract.approve": lambda line, subject, on: {
        "approval_number": f"审定〔{on.year}〕{subject.pk:02d}号",
        "opinion": "条款齐备，同意签订。",
    },  # fmt: skip
    "contract.accept": lambda line, subject, on: {"confirmed": True},
    "contract.sign": lambda line, subject, on: {"signed_on": on.isoformat(), "originals": "4"},
    "contract.return": lambda line, subject, on: {"reason": "第三期款没有写明以年终评估为前提，请补充。"},
    "contract.file": lambda line, subject, on: {"filing_number": f"穗民备〔{on.year}〕{subject.pk:02d}号"},
    "contract.copy_finance": lambda line, subject, on: {"copied_on": on.isoformat(), "receipt": "财政局收文章"},
    "assessment.open": lambda line, subject, on: {
        "evaluator": str(line.evaluator.organisation_id),
    },  # fmt: skip
    "assessment.conclude": _evaluate,
    "claim.submit": _invoice,
    "claim.check": lambda line, subject, on: {"opinion": "服务与票据相符。"},
    "payment.pay": _pay,
}
PAPERS |= written.everything()
