import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gongyue.policy import PackErrors, Regime

from .speech import VOCABULARY

PACKS = Path(__file__).parent / "packs"


@pytest.fixture(scope="session")
def city() -> Regime:
    return Regime.load([PACKS], "city", VOCABULARY)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the example packs, free to be spoilt."""
    return Path(shutil.copytree(PACKS, tmp_path / "packs"))


@pytest.fixture
def put(packs: Path) -> Callable[..., None]:
    """Replace one text in a file, or write a file anew; the text to be replaced must be there exactly once."""

    def put(file: str, old: str, new: str = "") -> None:
        path = packs / file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if not text:
            path.write_text(old, encoding="utf-8")
            return
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return put


@pytest.fixture
def spoil(packs: Path, put: Callable[..., None]) -> Callable[..., list[str]]:
    """The same, then what loading the city says."""

    def spoil(file: str, old: str, new: str = "") -> list[str]:
        put(file, old, new)
        return complaints(packs)

    return spoil


def complaints(packs: Path, code: str = "city") -> list[str]:
    try:
        Regime.load([packs], code, VOCABULARY)
    except PackErrors as errors:
        return str(errors).splitlines()
    return []
