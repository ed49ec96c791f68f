"""保密: acts whose very doing tells what a call keeps to itself, whether they went through or were refused."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from gongyue.kernel.models import PurchaseSubject
from gongyue.ledger.models import Entry

from .methods import TALKED
from .models import Challenge, Complaint, ComplaintReply, Pause, Question, Supplement, Tender, Withdrawal

# What an organisation does towards a call: known to it alone until the opening (Order 87, article 28).
OF_BIDDERS = frozenset(
    {
        "bid.submit",
        "bid.withdraw",
        "enquiry.ask",
        "package.take",
        "changereceipt.confirm",
        "consortium.form",
        "consortium.dissolve",
        "consortiummember.confirm",
        "consortiummember.refuse",
    }
)
# What a member of the panel does: who sits on it is secret until the result (Order 87, article 47).
OF_MEMBERS = frozenset(
    {
        "signin.sign",
        "signin.recuse",
        "sheet.submit",
        "sheet.recall",
        "sheet.correct",
        "signature.give",
        "panelfee.pay",
    }
)
# What a supplier does in talks: of these nobody else learns before the result who takes part (the Law, article 38).
IN_TALKS = frozenset({"finaloffer.submit", "bid.quit"})
# What the group does in talks and keeps to itself until then: how many take part, what was said, whom it recommends.
OF_GROUP = frozenset(
    {
        "tender.receive",
        "talk.record",
        "variation.issue",
        "tender.conclude",
        "tender.unseal",
        "tender.recommend",
    }
)
# Who asks or complains before the opening has taken the documents, of talks who does so before the result takes part;
# the answers lie on the same paper, and that a complaint is handled or the purchase pauses tells as much.
OF_DISPUTES = frozenset({
    "question.ask", "question.answer",
    "challenge.lodge", "challenge.accept", "challenge.return", "challenge.answer", "challenge.report",
    "complaint.file", "complaint.accept", "complaint.supplement", "complaint.reject", "complaint.elsewhere",
    "complaint.tell", "complaint.notify", "complaint.inspect", "complaint.inspected", "complaint.hear",
    "complaint.decide", "complaint.end", "complaint.refer",
    "supplement.give", "complaintreply.give", "withdrawal.apply", "pause.order", "pause.lift",
})  # fmt: skip
DISPUTES: dict[type[PurchaseSubject], str] = {  # whose acts these are, and by which way each knows its call
    Question: "tender", Challenge: "tender", Complaint: "tender",
    **dict.fromkeys((Supplement, ComplaintReply, Withdrawal, Pause), "complaint__tender"),
}  # fmt: skip
UNTIL_AWARD = OF_BIDDERS | OF_MEMBERS | IN_TALKS | {"bid.qualify", "bid.disqualify", "tender.appoint"}
TALKED_WITH = Q(way__in=TALKED, awarded_at=None)  # a tender as `Tender.discreet` has it
UNTOLD = Q(opened_at=None) | TALKED_WITH  # one of which nobody else knows who takes part


def undecided() -> QuerySet[Any, Any]:
    """Purchases whose call is neither decided nor ended."""
    return _standing().values("purchase")


def talking() -> QuerySet[Any, Any]:
    """Those in which suppliers are talked with, before the result."""
    return _standing().filter(TALKED_WITH).values("purchase")


def _standing() -> QuerySet[Tender]:
    return Tender.objects.exclude(state__in=(Tender.State.AWARDED, Tender.State.FAILED))


def in_secret(at: str) -> Q:
    """Of acts and duties of a purchase on disputes: whether the call they are about is one of which nobody else knows
    who takes part, so that they are the parties' alone to know, as pages have it. A dispute tells its call itself,
    also where another one was opened since; of anything else it is the call that stood at its time (the column `at`),
    and of what was refused before its birth any call of the purchase."""
    calls = Tender.objects.filter(UNTOLD, purchase=OuterRef("purchase"), announced_at__lte=OuterRef(at))
    later = Tender.objects.filter(
        purchase=OuterRef("purchase"), announced_at__gt=OuterRef("announced_at"),
        announced_at__lte=OuterRef(OuterRef(at)),
    )  # fmt: skip
    stood = Q(Exists(calls.exclude(Exists(later))))
    return stood | Q(subject__endswith=":None") & Q(Exists(calls)) | _of_untold()


def _of_untold() -> Q:
    """Of rows with a subject: whether it is a dispute about such a call."""
    found = Q()
    for kind, tender in DISPUTES.items():
        calls = Tender.objects.filter(UNTOLD, purchase=OuterRef(OuterRef("purchase")))
        own = kind._default_manager.filter(purchase=OuterRef("purchase"), **{f"{tender}__in": calls})
        named = own.annotate(named=Concat(Value(f"{kind.kind}:"), Cast("pk", CharField())))
        found |= Q(subject__startswith=f"{kind.kind}:") & Q(Exists(named.filter(named=OuterRef("subject"))))
    return found


def disputed() -> Q:
    """Obligations that tell of a dispute in secret: to end the call is a duty after a challenge or complaint only. What
    names no dispute itself was opened by an act on one. For `exclude`."""
    after = Entry.objects.filter(_of_untold(), pk=OuterRef("opened_by"))
    return Q(action__in=OF_DISPUTES | {"tender.fail"}) & (in_secret("opened_at") | Q(Exists(after)))
