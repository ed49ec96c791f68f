"""合同文本: the contract as a Word document, from what is on record. What is empty says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from gongyue.kernel.models import Purchase
from gongyue.needs.models import ServiceProposal
from gongyue.policy import Regime
from gongyue.programmes.facts.city import AGREEMENT
from gongyue.programmes.models import NormEdition

from .capitals import capitals
from .models import Amendment, Contract, Instalment

EMPTY = "（未填写）"
UNSIGNED = "未签署"
SLOT = "gz-funding-agreement"  # shown as missing while the city has issued no agreement
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold

# The template: a style of Word's, and the text with its places to fill. A line of another kind than text is a table.
BODY: tuple[tuple[str, str], ...] = (
    ("Title", "政府购买服务合同"),
    ("Subtitle", "{{ mark }}"),
    ("Normal", "合同编号：{{ number }}"),
    ("Normal", "购买项目：{{ project }}"),
    ("Normal", "甲方（购买主体）：{{ purchaser }}"),
    ("Normal", "乙方（承接主体）：{{ provider }}"),
    ("Normal", "统一社会信用代码：{{ credit_code }}"),
    ("Normal", "协议范本：{{ agreement }}"),
    ("Heading 1", "一、资助期"),
    ("Normal", "自{{ starts_on }}起，至{{ ends_on }}止。"),
    ("Heading 1", "二、服务要求"),
    ("Normal", "购买范围：{{ scope }}"),
    ("Normal", "{%p for one in areas %}"),
    ("Normal", "{{ one }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{{ service_requirements }}"),
    ("Heading 1", "三、质量标准"),
    ("Normal", "{{ quality_standard }}"),
    ("Heading 1", "四、合同金额"),
    ("Normal", "人民币 {{ figures }} 元（大写：{{ capitals }}）。"),
    ("Heading 1", "五、支付方式"),
    ("Normal", "{{ payment_method }}"),
    ("table", ""),
    ("Heading 1", "六、双方权利义务"),
    ("Normal", "{{ rights_duties }}"),
    ("Normal", "{%p for one in further %}"),
    ("Normal", "{{ one }}"),
    ("Normal", "{%p endfor %}"),
    ("Heading 1", "七、附件"),
    ("Normal", "{{ annexes }}"),
    ("Heading 1", "签署"),
    ("Normal", "甲方（盖章）：\t\t乙方（盖章）："),
    ("Normal", "签订日期：{{ signed_on }}"),
    ("Normal", "审定：{{ approval }}　　备案：{{ filing }}"),
)
COLUMNS = ("期次", "应付日期", "金额（元）", "大写", "付款前须完成")
CELLS = ("{{ one.number }}", "{{ one.due_on }}", "{{ one.figures }}", "{{ one.capitals }}", "{{ one.requires }}")


@dataclass(frozen=True)
class Agreement:
    """The city's funding and service agreement that a contract rests on."""

    title: str
    number: str
    edition: int
    issued_on: date


def agreement_on(regime: Regime, day: date) -> Agreement | None:
    """The edition in force on a day; None: the city had issued none. One query."""
    issued = NormEdition.objects.filter(
        norm__programme__regime=regime.code, norm__code=AGREEMENT, issued_on__isnull=False, issued_on__lte=day
    )
    found = issued.select_related("norm").order_by("-issued_on", "-number").first()
    if found is None or found.issued_on is None:
        return None
    return Agreement(found.norm.title, found.document_number, found.number, found.issued_on)


@dataclass(frozen=True)
class Text:
    """What an amendment may change of a contract."""

    amount_fen: int | None
    ends_on: date | None
    instalments: list[Instalment]


def as_signed(contract: Contract) -> Text:
    """As it was signed: what was agreed later stands in amendments of its own. One query where there were any."""
    first = None
    if contract.original_fen is not None:
        first = Amendment.objects.filter(contract=contract).exclude(before={}).order_by("pk").first()
    if first is None:
        return Text(contract.amount_fen, contract.ends_on, contract.schedule)
    rows = [
        Instalment(
            number=row["number"], due_on=date.fromisoformat(row["due_on"]), amount_fen=row["amount"],
            requires=row["requires"],
        )
        for row in first.before["instalments"]
    ]  # fmt: skip
    ends_on = first.before["ends_on"]
    return Text(first.before["amount_fen"], date.fromisoformat(ends_on) if ends_on else None, rows)


def words(contract: Contract, purchase: Purchase, regime: Regime, today: date) -> dict[str, Any]:
    """What fills the template. Once signed, the agreement named is the one in force on the day of signing."""
    agreed = agreement_on(regime, contract.signed_on or today)
    provider, text = contract.provider, as_signed(contract)
    filled: dict[str, Any] = {
        "mark": "" if contract.signed_on else UNSIGNED, "number": contract.number, "project": purchase.title,
        "purchaser": str(contract.purchaser or ""), "provider": str(provider or ""),
        "credit_code": (provider.credit_code if provider else "") or "", "agreement": _agreement(agreed, regime),
        "starts_on": _day(contract.starts_on), "ends_on": _day(text.ends_on),
        "scope": _scope(purchase, regime), "areas": _areas(purchase, regime),
        "service_requirements": contract.service_requirements, "quality_standard": contract.quality_standard,
        "payment_method": contract.payment_method, "rights_duties": contract.rights_duties,
        "figures": _figures(text.amount_fen), "capitals": _capitals(text.amount_fen),
        "further": _further(contract), "annexes": _annexes(contract), "signed_on": _day(contract.signed_on) or UNSIGNED,
        "approval": f"{contract.approval_number} {_day(contract.approved_on)}".strip() or "未审定",
        "filing": f"{contract.filing_number} {_day(contract.filed_on)}".strip() or "未备案",
        "instalments": [
            {
                "number": str(one.number), "due_on": _day(one.due_on), "figures": _figures(one.amount_fen),
                "capitals": _capitals(one.amount_fen),
                "requires": str(one.get_requires_display()) if one.requires else "—",
            }
            for one in text.instalments
        ],
    }  # fmt: skip
    plain = {"mark", "instalments", "areas", "further"}
    return {name: value if name in plain else _printable(value) or EMPTY for name, value in filled.items()}


def write(contract: Contract, purchase: Purchase, regime: Regime, today: date) -> bytes:
    """The document's bytes (.docx). ImportError: the libraries of the `documents` set are not installed."""
    from docxtpl import DocxTemplate  # an installation that writes no documents goes without it

    paper = DocxTemplate(_template())
    paper.render(words(contract, purchase, regime, today), autoescape=True)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _template() -> BytesIO:
    """The template as Word keeps it; Chinese text is set in the system's Song type."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    for name in ("Normal", "Title", "Subtitle", "Heading 1"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "宋体")
    for style, text in BODY:
        if style == "table":
            _schedule(document)
        else:
            document.add_paragraph(text, style=style)
    out = BytesIO()
    document.save(out)
    out.seek(0)
    return out


def _schedule(document: Any) -> None:
    """The instalments: a head, and one row for each."""
    rows = (COLUMNS, ("{%tr for one in instalments %}",), CELLS, ("{%tr endfor %}",))
    table = document.add_table(rows=len(rows), cols=len(COLUMNS), style="Table Grid")
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=False):
            cell.text = text


def _template_of(purchase: Purchase, regime: Regime) -> dict[str, Any]:
    """What the regime says of a purchase of this scope."""
    found: dict[str, Any] = regime.frameworks.get(f"scope-{purchase.scope}", {})
    return found


def _scope(purchase: Purchase, regime: Regime) -> str:
    named = _template_of(purchase, regime).get("name", {})
    return str(named.get("zh") or purchase.get_scope_display())


def _areas(purchase: Purchase, regime: Regime) -> list[str]:
    """A whole centre: each kind of service, with the items argued for it, and what has none; else the own items."""
    proposal = ServiceProposal.objects.filter(purchase=purchase, state=ServiceProposal.State.ARGUED).first()
    services = proposal.services if proposal else []
    areas = [regime.catalogue[area] for area in _template_of(purchase, regime).get("areas", ())]
    if not areas:
        return [_items("服务项目", services)]
    return [
        _items(area["name"]["zh"], [one for one in services if one["category"] == area["id"]]) for area in areas
    ]  # fmt: skip


def _items(title: str, services: list[dict[str, Any]]) -> str:
    return _printable(f"{title}：{'、'.join(one['service'] for one in services) or EMPTY}")


def _agreement(agreed: Agreement | None, regime: Regime) -> str:
    if agreed is not None:
        number = f"，{agreed.number}" if agreed.number else ""
        return f"《{agreed.title}》（第 {agreed.edition} 稿{number}，{_day(agreed.issued_on)}颁布）"
    slot = next((one for one in regime.slots if one.id == SLOT), None)
    return f"缺：{slot.what['zh']}尚未颁布" if slot else EMPTY


def _further(contract: Contract) -> list[str]:
    """What else it states, each by its name."""
    stated = [(name, getattr(contract, field)) for field, name in Contract.FURTHER.items()]
    return [_printable(f"{name}：{text}") for name, text in stated if text]


def _annexes(contract: Contract) -> str:
    """What the contract rests on; the documents of the tender where there was one."""
    if contract.tender is None:
        return "无"
    return f"招标文件《{contract.tender.title}》及所附服务质量标准；乙方的投标文件（实施方案、资金使用细则）。"


def _day(on: date | None) -> str:
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def _figures(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100:,}.{fen % 100:02d}"


def _capitals(fen: int | None) -> str:
    return "" if fen is None else capitals(fen)


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)
