from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.disclosure.check_proof import holds
from gongyue.disclosure.queries import proof, public_notices
from gongyue.ledger.models import Entry, TreeHead


def given(line: Line, kind: str = "contract") -> dict[str, Any]:
    found = proof(public_notices(kind=kind)[0].entry)
    assert found is not None
    return found


def test_the_proof_leads_from_the_entrys_text_to_the_published_head(filed: Line) -> None:
    head = TreeHead.objects.order_by("-size").first()
    assert head is not None
    for kind in ("contract", "filing"):
        found = given(filed, kind)
        assert holds(found)
        assert (found["size"], found["root"]) == (head.size, head.root)
        assert Entry.objects.filter(body=found["text"]).count() == 1


def test_anything_changed_is_noticed(filed: Line) -> None:
    found = given(filed)
    changed = [
        {"text": found["text"].replace("195000000", "195000001")},
        {"index": found["index"] - 1},
        {"index": found["size"]},
        {"size": found["size"] * 2},
        {"root": "0" * 64},
        {"path": found["path"][:-1]},
        {"path": [*found["path"], "0" * 64]},
        {"path": found["path"][::-1]},
    ]
    assert [holds(found | change) for change in changed] == [False] * len(changed)


@pytest.mark.parametrize(("text", "said", "code"), [("", "HOLDS: leaf", 0), ("改过", "FAILS:", 1)])
def test_anyone_checks_it_with_python_alone(filed: Line, tmp_path: Path, text: str, said: str, code: int) -> None:
    found = given(filed)
    script, saved = tmp_path / "check_proof.py", tmp_path / "proof.json"
    script.write_text(found["check_by"], encoding="utf-8")
    saved.write_text(json.dumps(found | {"text": found["text"] + text}), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", script, saved], capture_output=True, text=True, check=False)
    assert ((done.stdout + done.stderr).startswith(said), done.returncode) == (True, code)
