"""办理页: one action on one subject, as its page shows it before and after something was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from gongyue.contracts.models import Contract
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, Action
from gongyue.kernel.capacities import Standing, standing
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.fields import RowsField
from gongyue.kernel.findings import capacity_names, language
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Document, Obligation, Purchase, PurchaseSubject, Subject
from gongyue.kernel.obligations import about_to_meet
from gongyue.kernel.perform import ACKNOWLEDGE, ask, gate
from gongyue.kernel.queries import visible_purchase
from gongyue.ledger.models import Entry
from gongyue.parties.results import PastResult, past
from gongyue.policy import Finding, Rule
from gongyue.programmes.models import Norm, Opinion
from gongyue.tendering.models import Bid, Tender

from .citations import Chip, all_findings, chip, sentence
from .papers import Field, Section, paper, terms
from .session import DeskRequest
from .timeline import holder
from .words import action_name, kind_name, subject_name

KEPT = frozenset({
    "bid", "sheet", "enquiry", "clarification", "package", "changereceipt",
    "consortium", "consortiummember", "falsestatement", "falsereply", "feedback",
})  # fmt: skip  # kinds whose pages of their own say who may read what
SHOWN = frozenset({"contract", "amendment"})  # `terms` shows these
SHORT = 12  # fields
WHOLE = {"cosignature": "signoff", "copy": "signoff", "receipt": "plan", "yearlyreceipt": "report"}
PASSING = {"kernel.stale", "kernel.request", "kernel.conflict"}  # sending again may do


@dataclass(frozen=True)
class Check:
    """One rule that is asked: its refusal, its article, and how it stands before anything is sent."""

    sentence: str
    cite: Chip
    reading: str
    state: str  # clear, pending, stands

    @property
    def label(self) -> str:
        return {"clear": _("不存在此情形"), "pending": _("提交时核对"), "stands": _("存在此情形")}[self.state]

    @property
    def tone(self) -> str:
        return {"clear": "jade", "pending": "plain", "stands": "cinnabar"}[self.state]


@dataclass(frozen=True)
class Due:
    """The obligation that doing this meets."""

    row: Obligation
    holder: str
    cite: Chip


class Sheet:
    """Asked once a request: who may do it, what stands in the way, which rules are asked, which deadline it meets."""

    def __init__(self, name: str, subject: Subject, request: DeskRequest) -> None:
        self.act: Action = ACTIONS[name]
        self.subject, self.post, self.at, self.today = subject, request.post, request.legal_now, request.today
        self.purchase = subject.parent_purchase
        self.regime = regimes.current(subject.regime_code)
        self.dossier = Dossier(self.purchase or Purchase(), at=self.at, regime=self.regime)
        if subject.pk is not None and self.purchase is not None and subject is not self.purchase:
            self.dossier.put(subject)
        self.here: Standing = standing(self.post, subject, self.regime, self.today)
        self.request_id = uuid4()

    # --- what it is ---------------------------------------------------------------------------------------------

    @property
    def label(self) -> str:
        return action_name(self.act.name, self.subject)

    @property
    def kind(self) -> str:
        return str(self.subject.says.get("") or kind_name(self.act.subject.kind))

    @property
    def about(self) -> str:
        """Which subject, where its name says more than the purchase's title."""
        told = bool(self.subject.pk or self.subject.seed) and not isinstance(self.subject, Purchase)
        return subject_name(self.subject) if told else ""

    @cached_property
    def _papers(self) -> list[PurchaseSubject]:
        """What it is about: the paper that a signature or a receipt is for, and what is acted on."""
        subject = self.subject
        if subject.pk is None or not isinstance(subject, PurchaseSubject) or subject.kind in KEPT | SHOWN:
            return []
        whole = getattr(subject, WHOLE[subject.kind]) if subject.kind in WHOLE else None
        return [row for row in (whole, subject) if row is not None and row.visible_to(self.post)]

    @cached_property
    def told(self) -> list[Field]:
        """What is on record of it so far, for whoever is to act on it; nothing of what is kept sealed, nor
        what `terms` say already."""
        rows = [row for row in self._papers if row is not self.subject or self.terms is None]
        return [field for row in rows for field in paper(row, self.regime, told_apart=True).fields]

    @property
    def told_open(self) -> bool:
        """Whether it stands open above the form: it is short, and no table of it is there to be written over."""
        rows = any(isinstance(field, RowsField) for field in self.act.form.base_fields.values())
        return len(self.told) <= SHORT and not rows

    @cached_property
    def documents(self) -> list[Document]:
        """The files put on record with it."""
        keys = [row.key for row in self._papers]
        if isinstance(self.subject, Norm | Opinion) and self.subject.pk is not None:
            keys.append((self.subject if isinstance(self.subject, Norm) else self.subject.norm).key)
        return list(Document.objects.filter(subject__in=keys, restricted=False).order_by("-pk")) if keys else []

    @property
    def letter(self) -> str:
        """Where what the public wrote is read by its handlers."""
        written = self.subject.kind == "feedback" and self.subject.pk is not None
        return reverse("desk:feedback", args=[self.subject.pk]) if written and self.mine else ""

    @property
    def mine(self) -> bool:
        who = self.regime.who(self.act.name)
        return who is not None and self.here.may(self.act.name, who.capacities)

    @property
    def who(self) -> tuple[str, Chip]:
        """In which capacities it is done, and the article that says so."""
        who = self.regime.who(self.act.name)
        if who is None:
            return ("", {"label": "", "url": ""})
        return (capacity_names(who.capacities, self.regime), chip(self.regime, who.cite))

    @cached_property
    def past(self) -> list[PastResult]:
        """What earlier evaluations found of whoever is decided on, where a rule has it weighed: of the purchaser in a
        budget, of those who compete in an award."""
        if self.purchase is None or not any("past.results" in rule.names for rule in self.rules()):
            return []
        if isinstance(self.subject, Tender):
            bids = self.subject.bids.filter(state=Bid.State.QUALIFIED)
            return past(bids.values_list("organisation", flat=True), PastResult.Side.SERVICE, beside=self.purchase.pk)
        return past([self.purchase.opened_by_id], PastResult.Side.MONEY, beside=self.purchase.pk)

    @property
    def overruled(self) -> tuple[str, str, Chip, Chip] | None:
        """Whom the place's own text would have do it, how that is read, that text and the higher law that prevails."""
        found = self.regime.overruled(self.act.name, self.today)
        if found is None:
            return None
        own, over = found
        how = over.reading[language()] if over.reading else ""
        names = capacity_names(own.capacities, self.regime)
        return names, how, chip(self.regime, own.cite), chip(self.regime, over.cite)

    @cached_property
    def terms(self) -> Section | None:
        """The text of what is decided on, where it is a contract, an amendment or an edition of a norm."""
        return terms(self.subject, self.regime)

    @property
    def word_url(self) -> str:
        """Where a contract is had as a Word document, by those who may see the purchase."""
        row, purchase = self.subject, self.purchase
        if not isinstance(row, Contract) or purchase is None:
            return ""
        if visible_purchase(self.post, purchase.pk, on=self.today) is None:
            return ""
        return reverse("desk:contract", args=[purchase.pk, row.pk])

    # --- what stands in the way ---------------------------------------------------------------------------------

    def gate(self) -> list[Finding]:
        return gate(self.act, self.subject, self.post, self.here, self.regime, self.at, self.dossier)

    def values(self) -> dict[str, Any]:
        return self.act.values(self.act.facts.of(self.subject, self.dossier), {}, self.at)

    def rules(self) -> list[Rule]:
        return self.regime.rules(self.act.name, self.today)

    def before(self) -> tuple[list[Finding], list[Check]]:
        """What already stands, and every rule that will be asked: nothing has been typed yet."""
        objections = self.gate()
        if objections:
            return objections, []
        values = self.values()
        asked = ask(self.act, self.subject, self.regime, values, self.at)
        found = [f for f in asked if f.rule not in self.pending]
        return found, self.checks(values, {f.rule for f in found})

    def closed(self, found: Iterable[Finding]) -> bool:
        """Whether nothing that could be typed here would help. What is not born yet takes its facts from the form."""
        for one in found:
            if one.rule.startswith("kernel."):
                if one.blocks and one.rule not in PASSING:
                    return True
            elif one.blocks and self.subject.pk is not None and one.rule not in self.pending:
                return True
        return False

    @cached_property
    def pending(self) -> set[str]:
        """The rules that look at what is typed."""
        return {rule.id for rule in self.rules() if any(name.startswith("input.") for name in rule.names)}

    def checks(self, values: Mapping[str, Any], standing: set[str]) -> list[Check]:
        known = {**self.regime.params(self.today), **values}
        out = []
        for rule in self.rules():
            state = "pending" if rule.id in self.pending else "stands" if rule.id in standing else "clear"
            reading = str(rule.reading[language()]) if rule.reading else ""
            out.append(Check(sentence(rule, known, self.regime), chip(self.regime, rule.cite), reading, state))
        return out

    def due(self) -> list[Due]:
        """The deadlines that doing this meets, with who holds them."""
        rules = {rule.id: rule for rule in self.regime.all_obligations()}
        nothing: Chip = {"label": "", "url": ""}
        return [
            Due(row, holder(row.post), chip(self.regime, rules[row.rule].cite) if row.rule in rules else nothing)
            for row in about_to_meet(self.act.name, self.subject, actor=self.post)
        ]

    # --- the form -----------------------------------------------------------------------------------------------

    def form(self, typed: Mapping[str, Any] | None = None) -> ActionForm:
        """An empty form with the action's own first values, and over them what a draft kept."""
        form = self.act.form(subject=self.subject, dossier=self.dossier, actor=self.post)
        form.initial.update(typed or {})
        return form

    @property
    def draft_subject(self) -> str:
        """How a draft of this is kept."""
        if self.subject.pk is not None:
            return self.subject.key
        purchase = self.purchase.pk if self.purchase else ""
        return f"{self.subject.kind}:new:{purchase}:{self.subject.seed}"

    def findings(self, found: Iterable[Finding], sent: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """With the name of the input that acknowledges a warning, and what was typed there."""
        rows = all_findings(found, self.regime)
        for row in rows:
            if row["severity"] == "warn" and not str(row["rule"]).startswith("kernel."):
                row["acknowledge"] = f"{ACKNOWLEDGE}{row['rule']}"
                row["reason"] = str((sent or {}).get(row["acknowledge"], ""))
        return rows

    def latest(self) -> Entry | None:
        """What happened to the subject last."""
        return Entry.objects.filter(subject=self.subject.key).order_by("-version").first() if self.subject.pk else None


def request_number(text: str) -> UUID:
    """The number a page gave its submission; a page without one gives a new one."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
