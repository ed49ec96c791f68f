"""保密: acts whose very doing tells what a call keeps to itself, whether they went through or were refused."""

from __future__ import annotations

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
# Who asks or complains before the opening has taken the documents; the answers lie on the same paper.
OF_DISPUTES = frozenset({
    "question.ask", "question.answer", "challenge.lodge", "challenge.accept", "challenge.return", "challenge.answer",
    "complaint.file",
})  # fmt: skip
UNTIL_AWARD = OF_BIDDERS | OF_MEMBERS | IN_TALKS | {"bid.qualify", "bid.disqualify", "tender.appoint"}
