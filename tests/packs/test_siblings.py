"""What is asked of a step of tenders is asked of the same step of the other methods, or it is said why not."""

from __future__ import annotations

from datetime import date

from gongyue.policy import Regime
from gongyue.policy.rules import Rule

from .conftest import OWN, loaded

PLACES = sorted(path.parent.name for path in OWN.glob("*/pack.yaml"))
DAYS = [date(2010, 10, 8), date(2012, 6, 1), date(2014, 3, 3), date(2016, 6, 1), date(2018, 6, 1), date(2022, 6, 1)]
SIBLINGS = [
    ({"tender.draft"}, {"tender.prepare"}),
    ({"tender.publish"}, {"tender.call"}),
    ({"tender.open"}, {"tender.receive"}),
    ({"tender.score"}, {"tender.conclude", "tender.recommend", "tender.settle"}),
]
OF_ONE_METHOD = {
    "order-87",
    "order-74",
    "caiku-214-2014",
}  # instruments on tenders, on the other methods, on consultation
NAMES_IT = ("tendered", "negotiated", ".way")
TENDERS_ONLY = "Guangzhou's scheme of 2010 knows tenders only"
REASONS = {
    "item-before-tender": TENDERS_ONLY,
    "mode-two-only-if-bought": TENDERS_ONLY,
    "proposal-before-tender": TENDERS_ONLY,
    "authority-before-tender": TENDERS_ONLY,
    "expert-standard": TENDERS_ONLY,
    "plan-before-tender": TENDERS_ONLY,
    "factors-measure-the-standard": TENDERS_ONLY,
    "quality-dominates": TENDERS_ONLY,
    "briefing-lead": TENDERS_ONLY,
    "package-complete": TENDERS_ONLY,
    "norm-guide-named": "the plan says it of tendering",
    "end-of-may-against-bid-period": "the twenty days it sets against the end of May are a tender's",
    "major-by-third-party": "the text has a major item tendered, and other methods are refused to it",
    "bid-period": "article 35 of the Law gives twenty days to tenders; talks have periods of their own",
    "documents-whole": "article 32 of the Regulation is on tender documents; negotiation-documents-whole is its like",
    "opening-after-deadline": "its like is response-deadline",
    "response-deadline": "its like is opening-after-deadline",
    "three-bids": "its likes are three-respond and consultation-suppliers",
    "all-sheets": "its like is scores-complete, where anything is scored",
    "scores-complete": "its like is all-sheets",
    "everyone-talked": "a tender is not talked about",
    "no-tied-bid-ranked": "in talks the award to whoever is tied is refused by no-award-to-a-tied-bidder",
    "agreed-within-budget": "what is agreed with one provider; in a tender ranked-within-ceiling",
    "ranked-within-ceiling": "an answer in substance, which article 36 of the Law asks of bids",
}


def apart(regime: Regime, on: date) -> dict[str, Rule]:
    """The rules of a day that one of two sibling steps has and the other lacks, and that do not say why."""
    found: dict[str, Rule] = {}
    for tenders, others in SIBLINGS:
        ours, theirs = (
            {rule.id: rule for name in names for rule in regime.rules(name, on)} for names in (tenders, others)
        )
        found |= {name: (ours | theirs)[name] for name in ours.keys() ^ theirs.keys()}
    return {name: rule for name, rule in found.items() if not _says(rule)}


def _says(rule: Rule) -> bool:
    return rule.cite.partition("#")[0] in OF_ONE_METHOD or any(one in rule.when for one in NAMES_IT)


def test_no_step_lacks_what_its_sibling_is_asked() -> None:
    regimes = [loaded(place) for place in PLACES]
    found = {name for regime in regimes for on in DAYS for name in apart(regime, on)}
    assert found == set(REASONS)
