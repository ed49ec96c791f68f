"""A city that somebody adds as a folder of YAML is asked, as the shipped ones are, whether its duties can be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Regime, wrong_duties

from .conftest import ELSEWHERE, OWN

PLACES = sorted(path.parent.name for path in OWN.glob("*/pack.yaml"))
HEAD = """\
id: cn-xx-hill
name: {zh: 山市, en: Hill}
jurisdiction: "990200"
extends: [{pack: cn-national}]
instruments:
  hill: {title: {zh: 山市办法, en: Hill's measures}, effective: 2020-01-01}
"""
ROLES = """\
capacities:
  opener: {name: {zh: 购买方, en: Purchaser}, organisation: department, by: opening}
actions:
  purchase.start: {who: opener, cite: "hill#1"}
"""
ORDER = 'purchase: {order: [open], cite: "hill#1"}'
DUTY = """\
- {id: needs, after: purchase.start, do: needs.start, who: opener, name: {zh: 评估, en: Assess}, cite: "hill#2"}
"""


@pytest.mark.parametrize("code", [*PLACES, "cn-xx-yunhai"])
def test_every_duty_can_be_done_or_it_is_said_why_not(code: str) -> None:
    assert wrong_duties(Regime.load([OWN, ELSEWHERE], code, vocabulary())) == []


def test_a_new_city_whose_duty_nobody_may_do_is_neither_checked_nor_loaded(tmp_path: Path) -> None:
    city = tmp_path / "cn-xx-hill"
    city.mkdir()
    for file, text in (("pack", HEAD), ("procedure", ORDER), ("roles", ROLES), ("obligations", DUTY)):
        (city / f"{file}.yaml").write_text(text, encoding="utf-8")
    wrong = (
        "cn-xx-hill/obligations.yaml:1: needs: in cn-xx-hill purchase.start opens it on 2020-01-01, "
        "but nobody may do needs.start"
    )
    for verb in ("check", "load"):
        with override_settings(GONGYUE_PACKS=[str(tmp_path)]), pytest.raises(CommandError) as found:
            call_command("packs", verb, "cn-xx-hill")
        assert wrong in str(found.value).splitlines()
