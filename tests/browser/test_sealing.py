"""密封 in the browser, under the policy that the site sends: what one side seals the other opens."""

from __future__ import annotations

from base64 import b64decode, b64encode
from itertools import combinations
from json import loads
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from gongyue.tendering import sealing
from gongyue.tendering.sealing import Part, SealedBid
from tests.tendering.test_sealing import HOLDERS, KEYS, PARTS, flipped, only, vector

pytestmark = pytest.mark.browser
LOCK = sealing.make_lock(tender="t", holders=HOLDERS, threshold=2)
SITE = "https://sealing.test"
BUNDLE = Path(__file__).parents[2] / "build" / "static" / "vendor" / "sealing.js"
POLICY = "; ".join(
    f"{name} {' '.join(sources)}" for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
SCRIPT = '<script type="module" src="/driver.js"></script>'
# Bytes travel between the test and the page as {"b64": …}; everything else is JSON.
DRIVER = """
import * as sealing from "/sealing.js";
const over = (value, leaf) => leaf(value) ?? (Array.isArray(value) ? value.map((each) => over(each, leaf))
  : value && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, over(each, leaf)])) : value);
const text = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const out = (value) => over(value, (each) => each instanceof Uint8Array ? { b64: text(each) } : undefined);
const bytes = (b64) => Uint8Array.from(atob(b64), (char) => char.charCodeAt(0));
const into = (value) => over(value, (each) => each?.b64 === undefined ? undefined : bytes(each.b64));
window.call = async ([name, args]) => {
  try {
    return { value: out(await sealing[name](...into(args))) };
  } catch (error) {
    return { error: error instanceof sealing.SealError ? error.message : `bug: ${error.stack}` };
  }
};
document.title = "ready";
"""


class Browser:
    """The functions of the bundle, called from here."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __call__(self, name: str, *args: Any) -> Any:
        said = self.page.evaluate("(asked) => window.call(asked)", [name, _out(list(args))])
        if "error" in said:
            raise sealing.SealError(said["error"])
        return _into(said["value"])


def _out(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"b64": b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: _out(each) for key, each in value.items()}
    return [_out(each) for each in value] if isinstance(value, list) else value


def _into(value: Any) -> Any:
    if isinstance(value, dict):
        return b64decode(value["b64"]) if set(value) == {"b64"} else {key: _into(each) for key, each in value.items()}
    return [_into(each) for each in value] if isinstance(value, list) else value


@pytest.fixture
def browser(page: Page, complaints: list[str]) -> Browser:
    served = {
        "/": ("text/html", f'<!doctype html><link rel="icon" href="data:,">{SCRIPT}'),
        "/driver.js": ("text/javascript", DRIVER),
        "/sealing.js": ("text/javascript", BUNDLE.read_text(encoding="utf-8")),
    }  # fmt: skip

    def answer(route: Route) -> None:
        kind, body = served[route.request.url.removeprefix(SITE)]
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8", headers={"Content-Security-Policy": POLICY})

    page.route(f"{SITE}/**", answer)
    page.goto(f"{SITE}/")
    page.wait_for_function("document.title === 'ready'")
    assert complaints == []
    return Browser(page)


def plain(parts: list[Part]) -> list[dict[str, Any]]:
    return [vars(part) for part in parts]


def sealed(browser: Browser, lock: bytes, parts: list[Part] = PARTS) -> SealedBid:
    return SealedBid(**browser("seal", {"lock": lock, "bid": "b-1", "parts": plain(parts)}))


def test_what_the_browser_seals_python_opens(browser: Browser) -> None:
    lock = browser("makeLock", {"tender": "穗采2010-001", "holders": HOLDERS, "threshold": 2})
    assert lock == sealing.make_lock(tender="穗采2010-001", holders=HOLDERS, threshold=2)
    bid = sealed(browser, lock)
    assert sealing.read_receipt(bid.receipt, lock=lock, bid="b-1")["lock"] == sealing.digest(lock)
    committed = sealing.digest(bid.receipt)
    assert sealing.faults(bid.receipt, wraps=bid.wraps, parts=bid.parts, committed=committed) == []
    for two in combinations(sorted(KEYS), 2):
        secret = sealing.unlock(bid.receipt, bid.wraps, only(*two))
        for part in PARTS:
            receipt, name, ciphertext = bid.receipt, part.part, bid.parts[part.part]
            assert sealing.open_part(receipt=receipt, part=name, ciphertext=ciphertext, identity=secret) == part
            assert sealing.open_envelope(receipt=receipt, part=name, inner=bid.envelopes[name]) == part


def test_what_python_seals_the_browser_opens(browser: Browser) -> None:
    lock = sealing.make_lock(tender="t", holders=HOLDERS, threshold=2)
    sizes = [0, 1, 4096, 65536 - 300, 65536, 200_001]
    parts = [Part(f"p{size}", f"“{size}”\n\u2028.pdf", bytes([7]) * size) for size in sizes]
    bid = sealing.seal(lock=lock, bid="b-1", parts=parts)
    for two in combinations(sorted(KEYS), 2):
        secret = browser("unlock", bid.receipt, bid.wraps, only(*two))
    for part in parts:
        asked = {"receipt": bid.receipt, "part": part.part, "ciphertext": bid.parts[part.part], "identity": secret}
        assert browser("openPart", asked) == vars(part)


@pytest.mark.parametrize("holder", sorted(KEYS))
def test_one_holder_opens_nothing(browser: Browser, holder: str) -> None:
    bid = sealing.seal(lock=LOCK, bid="b-1", parts=PARTS)
    with pytest.raises(sealing.SealError, match="keys: 2 holders are needed"):
        browser("unlock", bid.receipt, bid.wraps, only(holder))


def test_the_browser_names_what_was_changed(browser: Browser) -> None:
    bid = sealing.seal(lock=LOCK, bid="b-1", parts=PARTS)
    assert _faults(browser, bid) == []
    changed = {**bid.wraps, "agent+purchaser": flipped(bid.wraps["agent+purchaser"], 9)}
    assert _faults(browser, bid, wraps=changed) == [("wrap", "agent+purchaser", "changed")]
    spoilt = {"price": flipped(bid.parts["price"], 300), "funds": b""}
    assert _faults(browser, bid, parts=spoilt) == [
        ("part", "plan", "missing"), ("part", "price", "changed"), ("part", "funds", "unlisted"),
    ]  # fmt: skip
    assert _faults(browser, bid, receipt=flipped(bid.receipt, 9)) == [("receipt", "", "changed")]
    secret = sealing.unlock(bid.receipt, bid.wraps, KEYS)
    asked = {"receipt": bid.receipt, "part": "price", "identity": secret}
    with pytest.raises(sealing.SealError, match="^part price$"):
        browser("openPart", {**asked, "ciphertext": spoilt["price"]})
    stolen = sealing.canonical({**loads(bid.receipt), "bid": "b-2"})
    with pytest.raises(sealing.SealError, match="part price: made for another bid"):
        browser("openPart", {**asked, "receipt": stolen, "ciphertext": bid.parts["price"]})
    with pytest.raises(sealing.SealError, match=r"^wrap agent\+purchaser$"):
        browser("unlock", bid.receipt, changed, only("agent", "purchaser"))


@pytest.mark.parametrize("maker", ["python", "browser"])
def test_the_published_vectors_open(browser: Browser, maker: str) -> None:
    _lock, bid = vector(maker)
    secret = browser("unlock", bid.receipt, bid.wraps, only("purchaser", "supervisor"))
    asked = {"receipt": bid.receipt, "part": "price", "ciphertext": bid.parts["price"], "identity": secret}
    assert browser("openPart", asked) == vars(PARTS[0])


def _faults(browser: Browser, bid: SealedBid, **changed: Any) -> list[tuple[str, str, str]]:
    given = {"receipt": bid.receipt, "wraps": bid.wraps, "parts": bid.parts} | changed
    said = browser("faults", {**given, "committed": sealing.digest(bid.receipt)})
    return [(each["kind"], each["name"], each["trouble"]) for each in said]
