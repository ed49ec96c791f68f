"""The regimes as they stand in the repository, and copies of them that may be spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import gongyue
from gongyue.kernel.actions import vocabulary
from gongyue.policy import PackErrors, Regime

OWN = Path(gongyue.__file__).parent / "packs"
ELSEWHERE = Path(__file__).parents[1] / "packs_elsewhere"
IN_FORCE = date(2010, 10, 8)  # a day on which all of Guangzhou's norms are


@cache
def loaded(code: str) -> Regime:
    """A regime of this repository; reading it takes a second."""
    return Regime.load([OWN], code, vocabulary())


def at(text: str) -> datetime:
    """A moment by China's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def guangzhou() -> Regime:
    return Regime.load([OWN], "cn-gd-guangzhou", vocabulary())


@pytest.fixture(scope="session")
def yunhai() -> Regime:
    return Regime.load([OWN, ELSEWHERE], "cn-xx-yunhai", vocabulary())


@pytest.fixture(scope="session")
def national() -> Regime:
    return Regime.load([OWN], "cn-national", vocabulary())


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str, str, str], list[str]]:
    """Change one text in a copy of the packs and load Guangzhou: what is said against it, a line each."""
    packs = Path(shutil.copytree(OWN, tmp_path / "packs"))

    def refused(file: str, old: str, new: str) -> list[str]:
        path = packs / "cn-gd-guangzhou" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(PackErrors) as found:
            Regime.load([packs], "cn-gd-guangzhou", vocabulary())
        return str(found.value).splitlines()

    return refused
