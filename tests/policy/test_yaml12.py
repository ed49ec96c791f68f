from datetime import date
from pathlib import Path

import pytest

from gongyue.policy import PackError
from gongyue.policy.yaml12 import read


def parsed(tmp_path: Path, text: str) -> tuple[object, list[str]]:
    path = tmp_path / "x.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    errors: list[PackError] = []
    return read(path, "pack/x.yaml", errors), [str(error) for error in errors]


def test_words_of_yaml_1_1_stay_words(tmp_path: Path) -> None:
    assert parsed(tmp_path, "{on: yes, no: off, y: n}") == ({"on": "yes", "no": "off", "y": "n"}, [])


def test_the_scalars_of_yaml_1_2(tmp_path: Path) -> None:
    text = "[true, False, null, ~, 15, -3, 007, 0o17, 1_000, 12:30, 2010-08-31, '2010-08-31']"
    content = [True, False, None, None, 15, -3, "007", "0o17", "1_000", "12:30", date(2010, 8, 31), "2010-08-31"]
    assert parsed(tmp_path, text) == (content, [])


@pytest.mark.parametrize("scalar", ["1.5", "-0.5", ".5", "2.", "1e3", "3.2E-1", ".inf", "-.inf", ".nan"])
def test_a_float_is_refused(tmp_path: Path, scalar: str) -> None:
    assert parsed(tmp_path, f"a: {scalar}")[1] == [
        f"pack/x.yaml:1: {scalar} is a float, which is not exact: write it in quotes"
    ]
    assert parsed(tmp_path, f"a: '{scalar}'")[1] == []


@pytest.mark.parametrize("scalar", ["2010-02-30", "2010-13-01", "2010-8-31"])
def test_a_date_that_is_no_date_is_refused(tmp_path: Path, scalar: str) -> None:
    assert parsed(tmp_path, f"a:\n- {scalar}")[1] == [
        f"pack/x.yaml:2: {scalar} is not a date: write year-month-day as 2010-08-31"
    ]


def test_a_key_appears_once(tmp_path: Path) -> None:
    assert parsed(tmp_path, "a: 1\nb:\n  c: 1\n  c: 2\na: 3")[1] == [
        "pack/x.yaml:4: duplicate key c, which is also given in line 3",
        "pack/x.yaml:5: duplicate key a, which is also given in line 1",
    ]


def test_a_list_is_no_key(tmp_path: Path) -> None:
    assert parsed(tmp_path, "? [a]\n: 1")[1] == ["pack/x.yaml:1: a key must be a plain word, number or date"]


def test_what_is_not_yaml_names_its_line(tmp_path: Path) -> None:
    assert parsed(tmp_path, "a: 1\nb: [1")[1] == ["pack/x.yaml:2: not YAML: did not find expected ',' or ']'"]
    assert parsed(tmp_path, "a: !!python/object:os.system 1")[1] == [
        "pack/x.yaml:1: not YAML: could not determine a constructor for the tag "
        "'tag:yaml.org,2002:python/object:os.system'"
    ]


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: \xff")
    errors: list[PackError] = []
    assert read(path, "pack/x.yaml", errors) is None
    assert [str(e) for e in errors] == ["pack/x.yaml:1: not readable as UTF-8 text: invalid start byte"]


def test_nodes_know_their_lines(tmp_path: Path) -> None:
    content, _ = parsed(tmp_path, "a:\n  - x: 1\n    y: 2\n  - z\n")
    assert (content.lines, content["a"].lines, content["a"][0].lines) == ({"a": 1}, [2, 4], {"x": 2, "y": 3})  # type: ignore[attr-defined, index]
