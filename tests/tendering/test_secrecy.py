"""保密: the lists of acts that tell what a call keeps to itself are whole."""

from __future__ import annotations

from gongyue.kernel.actions import ACTIONS
from gongyue.tendering.models import (
    Challenge,
    Complaint,
    ComplaintReply,
    Pause,
    Question,
    Supplement,
    Withdrawal,
)
from gongyue.tendering.secrecy import IN_TALKS, OF_BIDDERS, OF_DISPUTES, OF_GROUP, OF_MEMBERS

DISPUTED = (Question, Challenge, Complaint, Supplement, ComplaintReply, Withdrawal, Pause)


def test_every_act_on_a_dispute_is_among_those_of_disputes() -> None:
    assert {name for name, act in ACTIONS.items() if act.subject in DISPUTED} == OF_DISPUTES


def test_every_one_named_exists() -> None:
    assert (OF_BIDDERS | OF_MEMBERS | IN_TALKS | OF_GROUP | OF_DISPUTES) - ACTIONS.keys() == set()
