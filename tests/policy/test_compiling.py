"""What a regime refuses when it meets the vocabulary."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongyue.policy import PackErrors, Regime, merge, read_packs

from .speech import VOCABULARY

Spoil = Callable[..., list[str]]
Put = Callable[..., None]
LEAD = "city/rules/tender.yaml"
DUTIES = "city/obligations.yaml"


def test_the_examples_load(packs: Path) -> None:
    assert Regime.load([packs], "city", VOCABULARY).code == "city"
    assert Regime.load([packs], "nation", VOCABULARY).code == "nation"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (LEAD, "  on: tender.publish", "  on: tender.publsh",
         "city/rules/tender.yaml:1: briefing-lead: unknown action tender.publsh (did you mean tender.publish?)"),
        (LEAD, "days_between(tender.briefing_on, action.at) >=", "days_between(tender.breifing_on, action.at) >=",
         "city/rules/tender.yaml:1: briefing-lead: 1:20: undeclared reference to 'tender.breifing_on'"),
        (LEAD, ">= param.tender.briefing_lead_days", ">= param.tender.lead_days",
         "city/rules/tender.yaml:1: briefing-lead: 1:60: undeclared reference to 'param.tender.lead_days'"),
        (LEAD, "days_between(tender.briefing_on, action.at) >= param.tender.briefing_lead_days", "tender.briefing_on",
         "city/rules/tender.yaml:1: briefing-lead: 1:1: a condition must be true or false, this is TIMESTAMP"),
        (LEAD, "  reading:", "  when: tender.ceiling_fen\n  reading:",
         "city/rules/tender.yaml:1: briefing-lead: when: 1:1: a condition must be true or false, this is INT"),
        (LEAD, "under {param.tender.briefing_lead_days} days", "under {param.tender.lead} days",
         "city/rules/tender.yaml:1: briefing-lead: the message names param.tender.lead, which nothing declares"),
        (LEAD, "  reading:", "  as_of: tender.ceiling_fen\n  reading:",
         "city/rules/tender.yaml:1: briefing-lead: as_of: tender.ceiling_fen is not a date"),
        (LEAD, "  reading:", "  as_of: tender.announced_on\n  reading:",
         "city/rules/tender.yaml:1: briefing-lead: as_of: tender.publish has no tender.announced_on "
         "(did you mean tender.announced_at?)"),
        ("city/rules/contract.yaml", "[contract.sign, contract.file]", "[contract.sign, payment.pay]",
         "city/rules/contract.yaml:1: contract-in-order (on payment.pay): 1:9: undeclared reference to "
         "'contract.amount_fen'"),
        ("city/roles.yaml", "  tender.award: {", "  tender.awrd: {",
         "city/roles.yaml:7: actions: unknown action tender.awrd (did you mean tender.award?)"),
        ("city/roles.yaml", "[purchaser, provider]", "[purchaser, porvider]",
         "city/roles.yaml:8: contract.draft: unknown capacity porvider (did you mean provider?)"),
        ("city/roles.yaml", "[contract.draft, contract.approve]", "[contract.draft, contract.aprove]",
         "city/roles.yaml:13: incompatible: unknown action contract.aprove (did you mean contract.approve?)"),
        ("city/procedure.yaml", "contract: {", "contarct: {",
         "city/procedure.yaml:3: unknown kind of subject contarct (did you mean contract?)"),
        ("city/procedure.yaml", "signed, filed]", "singed, filed]",
         "city/procedure.yaml:3: contract: unknown milestone singed (did you mean signed?)"),
        ("city/procedure.yaml", "signed, filed]", "signed, signed, filed]",
         "city/procedure.yaml:3: contract: signed stands twice"),
        ("city/procedure.yaml", "signed, filed]", "signed, filed, ended]",
         "city/procedure.yaml:3: contract: no action reaches ended"),
        ("city/procedure.yaml", "[checked, announced, awarded]", "[checked, announced, awarded, failed]",
         "city/procedure.yaml:1: tender: no action reaches failed"),
        ("city/roles.yaml", '  contract.file: {who: [city_bureau], cite: "procedure#三(三)2"}\n', "",
         "city/procedure.yaml:3: contract: nobody may do contract.file, which reaches filed"),
        (DUTIES, "  after: contract.sign", "  after: contract.sing",
         "city/obligations.yaml:10: file-contract: unknown action contract.sing (did you mean contract.sign?)"),
        (DUTIES, "  do: contract.file", "  do: contract.fill",
         "city/obligations.yaml:10: file-contract: unknown action contract.fill (did you mean contract.file?)"),
        (DUTIES, "  who: [city_bureau]", "  who: [city_buro]",
         "city/obligations.yaml:10: file-contract: unknown capacity city_buro (did you mean city_bureau?)"),
        (DUTIES, "  from: action.at", "  from: tender.ceiling_fen",
         "city/obligations.yaml:1: finish-tender: from: tender.ceiling_fen is not a date"),
        (DUTIES, "  from: contract.starts_on", "  from: contract.begins_on",
         "city/obligations.yaml:16: half-year-plan: from: contract.file has no contract.begins_on "
         "(did you mean contract.starts_on?)"),
        (DUTIES, '  when: tender.method == "open"', "  when: tender.method == 1",
         "city/obligations.yaml:1: finish-tender: when: 1:15: found no matching overload for '_==_' "
         "applied to '(string, int)'"),
        (DUTIES, "{param: tender.briefing_lead_days}", "{param: tender.briefing_days}",
         "city/obligations.yaml:25: briefing-answer: unknown parameter tender.briefing_days "
         "(did you mean tender.briefing_lead_days?)"),
        (DUTIES, "{param: tender.briefing_lead_days}", "{param: tender.city_share}",
         "city/obligations.yaml:25: briefing-answer: tender.city_share is in bp, not a length of time"),
        ("nation/obligations.yaml", "[challenge.accept, challenge.decide]", "[challenge.accept, challenge.end]",
         "nation/obligations.yaml:1: pay-instalment: unknown action challenge.end (did you mean challenge.decide?)"),
        ("city/disclosure.yaml", "[contract.amount_fen,", "[contract.sum_fen,",
         "city/disclosure.yaml:1: contract-notice: contract.sign has no contract.sum_fen "
         "(did you mean contract.amount_fen?)"),
    ],
)  # fmt: skip
def test_what_the_vocabulary_does_not_have_is_refused(spoil: Spoil, file: str, old: str, new: str, said: str) -> None:
    assert said in spoil(file, old, new)


def test_mistakes_of_all_files_come_together(spoil: Spoil, put: Put) -> None:
    put("city/procedure.yaml", "signed, filed]", "singed, filed]")
    put(DUTIES, "  do: contract.file", "  do: contract.fill")
    assert spoil(LEAD, ">= param.tender.briefing_lead_days", ">= param.tender.lead_days") == [
        "city/obligations.yaml:10: file-contract: unknown action contract.fill (did you mean contract.file?)",
        "city/procedure.yaml:3: contract: unknown milestone singed (did you mean signed?)",
        "city/rules/tender.yaml:1: briefing-lead: 1:60: undeclared reference to 'param.tender.lead_days'",
    ]


def test_one_of_several_ways_to_a_milestone_is_enough(packs: Path) -> None:
    specs = {**VOCABULARY.actions, "contract.file_again": VOCABULARY.actions["contract.file"]}
    several = type(VOCABULARY)(specs, VOCABULARY.milestones, VOCABULARY.born)
    assert Regime.load([packs], "city", several).who("contract.file_again") is None


def test_no_way_to_a_milestone_names_them_all(packs: Path, put: Put) -> None:
    put("city/roles.yaml", '  contract.file: {who: [city_bureau], cite: "procedure#三(三)2"}\n', "\n")
    specs = {**VOCABULARY.actions, "contract.file_again": VOCABULARY.actions["contract.file"]}
    with pytest.raises(PackErrors) as error:
        Regime.load([packs], "city", type(VOCABULARY)(specs, VOCABULARY.milestones, VOCABULARY.born))
    assert str(error.value) == (
        "city/procedure.yaml:3: contract: nobody may do contract.file or contract.file_again, which reaches filed"
    )


class TestFiguresMustCoverTheirRules:
    def test_a_figure_that_begins_later_than_its_rule(self, spoil: Spoil) -> None:
        assert spoil("city/parameters/tender.yaml", "    2010-08-31: {value: 15", "    2010-09-10: {value: 15") == [
            "city/obligations.yaml:25: briefing-answer: param.tender.briefing_lead_days has no value on 2010-08-31, "
            "but is needed from 2010-08-31 on",
            "city/rules/tender.yaml:1: briefing-lead: param.tender.briefing_lead_days has no value on 2010-08-31, "
            "but is needed from 2010-08-31 on",
        ]

    def test_a_figure_that_is_repealed_before(self, spoil: Spoil) -> None:
        rule = "require: contract.amount_fen <= plan.amount_fen"
        assert spoil("city/rules/contract.yaml", rule, "require: contract.amount_fen <= param.tender.cap") == [
            "city/rules/contract.yaml:1: contract-in-order: param.tender.cap has no value on 2011-01-01, "
            "but is needed from 2010-07-01 to 2012-07-01"
        ]

    def test_a_narrower_rule_does_not_need_it(self, spoil: Spoil) -> None:
        rule = "require: contract.amount_fen <= plan.amount_fen"
        narrow = "until: 2010-12-31\n  require: contract.amount_fen <= param.tender.cap"
        assert spoil("city/rules/contract.yaml", rule, narrow) == []

    def test_a_rule_that_asks_whether_it_is_known_does_not_need_it(self, spoil: Spoil) -> None:
        rule = "require: contract.amount_fen <= plan.amount_fen"
        asks = "require: '!param.tender.cap_known || contract.amount_fen <= param.tender.cap'"
        assert spoil("city/rules/contract.yaml", rule, asks) == []

    def test_a_figure_of_an_expired_instrument(self, spoil: Spoil) -> None:
        later = '    2011-07-01: {value: 25, cite: "order-new#18"}\n'
        assert spoil("nation/parameters/tender.yaml", later, "\n") == [
            "nation/rules/tender.yaml:8: bid-period: param.tender.bid_days has no value on 2011-07-01, "
            "but is needed from 2011-07-01 on"
        ]

    def test_a_figure_that_only_the_sentence_names(self, spoil: Spoil) -> None:
        sentence = "合同金额 {contract.amount_fen} 超出计划 {plan.amount_fen}"
        assert spoil("city/rules/contract.yaml", sentence, "上限 {param.tender.cap}") == [
            "city/rules/contract.yaml:1: contract-in-order: param.tender.cap has no value on 2011-01-01, "
            "but is needed from 2010-07-01 to 2012-07-01"
        ]

    def test_a_parent_that_applies_later_needs_it_later(self, packs: Path, put: Put) -> None:
        put("city/pack.yaml", "{pack: nation}", "{pack: nation, from: 2011-07-01}")
        put(
            "nation/parameters/tender.yaml",
            '    2004-09-11: {value: 20, cite: "order-old#16", checked_on: 2012-01-05}\n',
            "\n",
        )
        assert (
            Regime(merge(read_packs([packs]), "city"), VOCABULARY).parameter("tender.bid_days", date(2011, 6, 30))
            is None
        )
