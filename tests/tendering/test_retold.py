"""重述: no act on a call, a key, a committee, a bid or a sheet goes untold."""

from __future__ import annotations

from gongyue.kernel.actions import ACTIONS
from gongyue.tendering.retold import KINDS, WRITES


def test_every_act_on_what_is_compared_says_what_it_writes() -> None:
    assert {name for name, act in ACTIONS.items() if act.subject in KINDS.values()} == set(WRITES)


def test_every_column_named_there_is_one() -> None:
    for name, written in WRITES.items():
        columns = {field.attname for field in ACTIONS[name].subject._meta.concrete_fields}
        assert set(written) <= columns, name
