"""Make the pictures of docs/user-guide.zh.md: load the demonstration, serve it, come in as each kind of user.

`python tools/pictures.py [--database FILE] [name …]`: FILE is a demonstration already loaded (it is copied, never
written); names choose some pictures. Each is a palette PNG of at most `MOST` bytes in docs/pictures/.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
PICTURES = PROJECT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
WIDE, NARROW = (1440, 900), (390, 844)
COLOURS = 48
NAVIGATION = 220  # pixels at the left of a wide page
LEAST = 480  # pixels: a picture is not lower
MOST = 120_000  # bytes


@dataclass(frozen=True)
class Picture:
    """`path` is asked for once Django is there; the picture is what the page shows as it opens."""

    name: str
    user: str  # "": the public, without an account
    path: Callable[[], str]
    size: tuple[int, int] = WIDE


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", type=Path)
    asked.add_argument("names", nargs="*")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), options.database)
        with served() as address:
            take(address, [one for one in pictures() if not options.names or one.name in options.names])


def prepare(folder: Path, given: Path | None) -> None:
    """A demonstration in a database of its own, and the files its pages need."""
    database = folder / "demonstration.sqlite3"
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{database}", "GONGYUE_DEMONSTRATION": "1",
        "GONGYUE_STATIC": str(folder / "static"), "GONGYUE_MEDIA": str(folder / "media"),
        "DJANGO_SETTINGS_MODULE": "gongyue.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }  # fmt: skip
    commands = [["collectstatic", "--noinput", "--verbosity", "0"]]
    if given is not None:
        shutil.copy(given, database)
    else:
        commands += [["migrate", "--verbosity", "0"], ["packs", "load"], ["demonstrate"]]
    for command in commands:
        subprocess.run([sys.executable, "-m", "gongyue.cli", *command], cwd=PROJECT, check=True)
    sys.path.insert(0, str(PROJECT))
    import django

    django.setup()


@contextmanager
def served() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    words = f"-m gunicorn gongyue.wsgi --bind {address} --threads 4 --log-level error --no-control-socket"
    server = subprocess.Popen([sys.executable, *words.split()], cwd=PROJECT)
    try:
        _wait(f"http://{address}/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def _wait(url: str) -> None:
    until = monotonic() + 60
    while True:
        try:
            urlopen(url, timeout=10).close()  # our own server
            return
        except URLError:
            if monotonic() > until:
                raise
            sleep(0.5)


def take(address: str, wanted: list[Picture]) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for size in (WIDE, NARROW):
            for user in dict.fromkeys(one.user for one in wanted if one.size == size):
                with as_user(browser, address, user, size) as page:
                    for one in wanted:
                        if (one.user, one.size) == (user, size):
                            _shoot(page, address, one)
        browser.close()


@contextmanager
def as_user(browser: Browser, address: str, user: str, size: tuple[int, int]) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    if user:
        page.goto(f"{address}/login/")
        page.locator(f"form[action$='/login/as/{user}/'] button").click()
        page.wait_for_url(f"{address}/desk/")
    yield page
    context.close()


def _shoot(page: Page, address: str, one: Picture) -> None:
    """The page as it opens, without the empty ground below. RuntimeError: it is no page, or too heavy a picture."""
    answer = page.goto(f"{address}{one.path()}", wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{one.name}: {answer.status if answer else 'nothing'} {page.url}")
    page.wait_for_timeout(400)  # charts draw themselves
    path = PICTURES / f"{one.name}.png"
    page.screenshot(path=path, animations="disabled")
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    trimmed(whole).quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    weight = path.stat().st_size
    print(f"  {one.name} {weight // 1000} kB")
    if weight > MOST:
        raise RuntimeError(f"{one.name}: {weight} bytes, more than {MOST}")


def trimmed(picture: Image.Image) -> Image.Image:
    """Without the empty ground under the last card; the navigation at the left does not count."""
    beside = 0 if picture.width == NARROW[0] else NAVIGATION
    content = picture.crop((beside, 0, picture.width, picture.height))
    ground = Image.new("RGB", content.size, content.getpixel((content.width - 2, content.height - 2)))
    box = ImageChops.difference(content, ground).getbbox()
    foot = picture.height if box is None else min(picture.height, max(box[3] + 24, LEAST))
    return picture.crop((0, 0, picture.width, foot))


# --- what is shown ------------------------------------------------------------------------------------------------


def street(name: str, tab: str = "") -> Callable[[], str]:
    """The page of a street's purchase, or one of its parts."""

    def path() -> str:
        from gongyue.kernel.models import Purchase

        return f"/purchases/{Purchase.objects.get(division__name=name).pk}/{f'{tab}/' if tab else ''}"

    return path


def record(name: str) -> Callable[[], str]:
    """Where a service of this street's centre is recorded."""

    def path() -> str:
        from gongyue.kernel.models import Purchase

        return f"/records/new/?purchase={Purchase.objects.get(division__name=name).pk}"

    return path


def public(name: str) -> Callable[[], str]:
    def path() -> str:
        from gongyue.kernel.models import Purchase

        return f"/projects/{Purchase.objects.get(division__name=name).pk}/"

    return path


def work(user: str, action: str) -> Callable[[], str]:
    """The page of the first open piece of work of this kind that waits for a user."""

    def path() -> str:
        from gongyue.desk.todo import inbox, regimes_of, work_url
        from gongyue.kernel.models import Post

        row = inbox(Post.objects.get(person__username=user)).filter(action=action).order_by("due_on")[0]
        return work_url(row, next(iter(regimes_of([row]).values()), None))

    return path


def survey(*, results: bool) -> Callable[[], str]:
    """An open questionnaire as residents see it, or what a closed one said."""

    def path() -> str:
        from gongyue.needs.models import NeedsSurvey

        if results:
            return f"/questionnaires/{NeedsSurvey.objects.filter(state='closed').latest('pk').pk}/"
        return f"/q/{NeedsSurvey.objects.filter(state='opened').latest('pk').token}/"

    return path


def at(path: str) -> Callable[[], str]:
    return lambda: path


def pictures() -> list[Picture]:
    return [
        Picture("login", "", at("/login/")),
        Picture("purchase", "district-1", street("矿泉街")),
        Picture("warnings", "district-1", at("/warnings/")),
        Picture("street-desk", "street-1", at("/desk/")),
        Picture("street-survey", "street-1", survey(results=True)),
        Picture("street-founding", "street-1", street("广卫街", "founding")),
        Picture("committee-paper", "committee-1", work("committee-1", "cosignature.give")),
        Picture("district-desk", "district-1", at("/desk/")),
        Picture("district-call", "district-1", street("北京街")),
        Picture("reviewer-contract", "district-1-reviewer", work("district-1-reviewer", "contract.approve")),
        Picture("city-programme", "city-head", at("/programme/")),
        Picture("city-evaluations", "city", street("广卫街", "supervision")),
        Picture("city-conclusion", "city", work("city", "evaluation.conclude")),
        Picture("finance-calendar", "finance-1", at("/instalments/")),
        Picture("finance-pay", "city-finance", work("city-finance", "payment.pay")),
        Picture("organisation-desk", "organisation-1", at("/desk/")),
        Picture("organisation-service", "organisation-1", street("广卫街", "service")),
        Picture("organisation-money", "organisation-1", street("广卫街", "money")),
        Picture("bidder-calls", "organisation-2", at("/calls/")),
        Picture("worker-desk", "worker-1", at("/desk/"), NARROW),
        Picture("worker-record", "worker-1", record("广卫街"), NARROW),
        Picture("expert-sheet", "expert-1", work("expert-1", "sheet.submit")),
        Picture("evaluator-report", "evaluator", work("evaluator", "assessment.conclude")),
        Picture("department-desk", "health", at("/desk/")),
        Picture("audit-trail", "audit", at("/audit/")),
        Picture("audit-close", "audit", work("audit", "recommendation.close")),
        Picture("legal-opinion", "legal", work("legal", "opinion.give")),
        Picture("public-project", "", public("广卫街")),
        Picture("public-survey", "", survey(results=False), NARROW),
    ]


if __name__ == "__main__":
    main()
