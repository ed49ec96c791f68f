"""A small vocabulary for the example packs."""

from datetime import date, datetime

from gongyue.policy import ActionSpec, Vocabulary

TENDER = {
    "tender.method": str,
    "tender.ceiling_fen": int,
    "tender.briefing_on": date,
    "tender.announced_at": datetime,
    "tender.places": list[str],
    "tender.shares_bp": dict[str, int],
    "tender.sealed": bool,
    "action.at": datetime,
}
CONTRACT = {
    "contract.amount_fen": int,
    "contract.starts_on": date,
    "plan.amount_fen": int,
    "tender.announced_at": datetime,
    "action.at": datetime,
}
AT = {"action.at": datetime}
VOCABULARY = Vocabulary(
    actions={
        "tender.publish": ActionSpec("tender", "announced", False, {**TENDER, "input.closes_on": date}),
        "tender.award": ActionSpec("tender", "awarded", False, TENDER),
        "tender.fail": ActionSpec("tender", "failed", True, TENDER),
        "contract.draft": ActionSpec("contract", "drafted", False, CONTRACT),
        "contract.approve": ActionSpec("contract", "approved", False, CONTRACT),
        "contract.sign": ActionSpec("contract", "signed", False, CONTRACT),
        "contract.file": ActionSpec("contract", "filed", False, CONTRACT),
        "payment.pay": ActionSpec("payment", "paid", False, AT),
        "challenge.accept": ActionSpec("challenge", None, True, AT),
        "challenge.decide": ActionSpec("challenge", None, True, AT),
    },
    milestones={
        "tender": frozenset({"checked", "announced", "awarded", "failed"}),
        "contract": frozenset({"drafted", "approved", "signed", "filed", "ended"}),
        "payment": frozenset({"due", "paid"}),
        "challenge": frozenset(),
    },
    born=frozenset({("tender", "checked"), ("payment", "due")}),
)
