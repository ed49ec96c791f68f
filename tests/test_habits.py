"""The habits of the house: settings, pins, static files, pages that carry no code, texts that have their English."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.contrib.auth.views import LoginView
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from gongyue.desk import errors
from gongyue.desk.icons import ICONS
from gongyue.ledger import triggers
from tools import messages, static

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((PROJECT / "gongyue").rglob("templates/**/*.html"))
SERVING = {
    "SECRET_KEY": "k3vq8Zr1XwPbT6nYdJ0hLmS4uGcA9eFtR2iVoU7xWyQzNjBKHpD5sEfMgCaIlO",
    "ALLOWED_HOSTS": "gongyue.example",
}
KNOBS = ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS")


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A `python …` of its own, with nothing of ours in its environment but what is given."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GONGYUE_", "DJANGO_")) and k not in KNOBS}
    return subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, env=clean | environment, capture_output=True, text=True, check=False
    )


# --- migrations ---------------------------------------------------------------------------------------------


@pytest.mark.once
def test_the_migrations_lead_to_what_the_models_say(tmp_path: Path) -> None:
    """From nothing to every table and to the triggers that keep the ledger; and nothing is left to migrate."""
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3", "GONGYUE_DEMONSTRATION": "1"}
    for arguments in (["migrate", "--verbosity", "0"], ["makemigrations", "--check", "--dry-run", "--verbosity", "0"]):
        done = command("-m", "gongyue.cli", *arguments, **database)
        assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as connection:
        made = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert {name for kind, name in made if kind == "table"} == tables | {"django_migrations"}
    assert {name for kind, name in made if kind == "trigger"} == {
        f"{table}_no_{change}" for table in triggers._protected for change in ("update", "delete", "replace")
    }


# --- settings -----------------------------------------------------------------------------------------------


def test_a_real_site_has_no_deployment_warning() -> None:
    found = command("-m", "gongyue.cli", "check", "--deploy", "--fail-level", "WARNING", **SERVING)
    assert (found.stderr, found.stdout.strip()) == ("", "System check identified no issues (0 silenced).")


def test_a_site_without_a_secret_is_not_served() -> None:
    found = command("-c", "import gongyue.wsgi")
    assert found.returncode == 1
    assert found.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "SECRET_KEY is not set: see docs/settings.md. Only the demonstration runs without one."
    )


def test_the_demonstration_is_served_without_one() -> None:
    assert command("-c", "import gongyue.wsgi", GONGYUE_DEMONSTRATION="1").returncode == 0


def test_every_variable_is_documented() -> None:
    text = (PROJECT / "gongyue/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', text))
    told = set(re.findall(r"^\| `(\w+)`", (PROJECT / "docs/settings.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert read == told


def test_sqlite_writes_in_order_and_without_blocking_readers(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
        "print([k.execute(f'PRAGMA {p}').fetchone()[0] for p in ('journal_mode', 'synchronous', 'foreign_keys')],"
        "c.transaction_mode)"
    )
    found = command(
        "-c", code, DATABASE_URL=f"sqlite:///{tmp_path / 'x.sqlite3'}", DJANGO_SETTINGS_MODULE="gongyue.settings"
    )
    assert found.stdout.strip() == "['wal', 1, 1] IMMEDIATE"


def test_what_code_enforces_stands_where_the_proof_of_the_marks_takes_it_out() -> None:
    """tools/enforcement.py changes these texts: each has to stand just once in its file."""
    listed = yaml.safe_load((PROJECT / "tests/enforced.yaml").read_text(encoding="utf-8"))
    changes = [(entry["what"], change) for entry in listed for change in entry["changes"]]
    texts = {file: (PROJECT / file).read_text(encoding="utf-8") for file in {change["in"] for _what, change in changes}}
    assert [what for what, change in changes if texts[change["in"]].count(change["old"]) != 1] == []


# --- what is installed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["run", "documents", "dev", "node"])
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    text = (PROJECT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^\S*==", text, re.MULTILINE)) > 0
    assert re.findall(r"https?:|^-", text, re.MULTILINE) == []


def test_npm_packages_are_exact_and_carry_no_address() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: found for name, found in lock["packages"].items() if name}
    assert [name for name, found in packages.items() if "resolved" in found or "integrity" not in found] == []
    wanted = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


# --- static files -------------------------------------------------------------------------------------------


def test_the_stylesheet_names_no_source_map() -> None:
    assert static.stylesheet("a{}/*# sourceMappingURL=tabler.min.css.map */\n") == "a{}\n"


def test_a_drawing_becomes_a_symbol() -> None:
    assert static.symbol("minus", '<svg\n  width="24"\n>\n  <path d="M5 12l14 0" />\n</svg>\n') == (
        '<symbol id="minus" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-linecap="round" stroke-linejoin="round"><path d="M5 12l14 0" /></symbol>'
    )


def test_icons_are_listed_once_and_in_order() -> None:
    assert list(ICONS) == sorted(set(ICONS))


def test_the_script_is_short() -> None:
    script = (PROJECT / "gongyue/desk/static/gongyue/app.js").read_text(encoding="utf-8")
    assert len(script.splitlines()) <= 200


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: str(t.relative_to(PROJECT / "gongyue")))
def test_pages_carry_no_code_and_no_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    code = r"<style|\sstyle=|\son[a-z]+=[\x22\x27]|hx-on|hx-vals=.js:|javascript:|<script(?![^>]*\bsrc=)"
    assert re.findall(code, text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: str(t.relative_to(PROJECT / "gongyue")))
def test_attributes_hold_no_tags(template: Path) -> None:
    components = r"=\"[^\"<>]*{% (?:money|percent|day|badge|icon|wan (?![^%]*plain=True))"
    assert re.findall(components, template.read_text(encoding="utf-8")) == []


def test_served_files_are_hashed_and_compressed(tmp_path: Path) -> None:
    found = command("-m", "gongyue.cli", "collectstatic", "--noinput", GONGYUE_STATIC=str(tmp_path))
    assert (found.returncode, found.stderr) == (0, "")
    served = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]["gongyue/app.css"]
    assert re.fullmatch(r"gongyue/app\.[0-9a-f]{12}\.css", served)
    assert (tmp_path / f"{served}.gz").exists()


# --- pages for what went wrong ------------------------------------------------------------------------------

NUMBER = re.compile(r'<b class="number">([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})</b>')


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


def large(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig("large")


urlpatterns = [
    path("broken/", broken),
    path("large/", large),
    path("login/", LoginView.as_view(template_name="gate.html")),
]
handler400 = "gongyue.desk.errors.bad_request"
handler404 = "gongyue.desk.errors.not_found"
handler500 = "gongyue.desk.errors.failed"


@pytest.mark.urls("tests.test_habits")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/none/", 404, "没有这个页面"),
        ("/large/", 413, "提交的内容过大"),
        ("/broken/", 500, "系统出现错误"),
    ],
)
def test_an_error_page_is_chinese_and_has_a_number(
    address: str, status: int, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Client(raise_request_exception=False).get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [title]
    (number,) = NUMBER.findall(page)
    assert [r.args[0] for r in caplog.records if r.name == "gongyue.errors" and r.args] == [number]


@pytest.mark.parametrize(
    ("view", "extra", "status", "title"),
    [
        (errors.forbidden, (PermissionError(),), 403, "无权查看"),
        (errors.csrf_failed, ("no token",), 403, "页面已过期"),
        (errors.bad_request, (ValueError(),), 400, "请求无法读取"),
        (errors.locked_out, (None, {}), 429, "登录已暂停"),
    ],
)
def test_other_error_pages(view: Any, extra: tuple[Any, ...], status: int, title: str) -> None:
    answer = view(RequestFactory().get("/"), *extra)
    assert answer.status_code == status
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode()) == [title]


@pytest.mark.urls("tests.test_habits")
@pytest.mark.django_db
def test_the_fifth_failed_login_locks_that_name_at_that_address() -> None:
    def attempt(name: str, address: str) -> int:
        return Client(REMOTE_ADDR=address).post("/login/", {"username": name, "password": "wrong"}).status_code

    assert [attempt("chen", "10.0.0.1") for _ in range(6)] == [200, 200, 200, 200, 429, 429]
    assert attempt("chen", "10.0.0.2") == 200
    assert attempt("he", "10.0.0.1") == 200


@pytest.mark.urls("tests.test_habits")
@pytest.mark.django_db
def test_every_page_carries_the_content_policy() -> None:
    policy = Client().get("/login/").headers["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
    ]


# --- languages ----------------------------------------------------------------------------------------------


def test_texts_of_modules_and_templates_are_gathered() -> None:
    texts = {messages.key(message)[1] for message in messages.gathered()}
    assert {"跳到正文", "期限 %(day)s", "请填写金额（元），例如 500000 或 500000.00"} <= texts


def test_every_text_has_its_english() -> None:
    assert messages.missing("en") == []
