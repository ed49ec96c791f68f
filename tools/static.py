"""Take the few files the pages need out of node_modules into build/static/vendor."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from gongyue.desk.icons import ICONS

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = PROJECT / "node_modules"
MODULES = PACKAGES / "@tabler"
BUNDLED = ("age-encryption", "@noble/ciphers", "@noble/curves", "@noble/hashes", "@noble/post-quantum", "@scure/base")
TARGET = PROJECT / "build" / "static" / "vendor"


def stylesheet(source: str) -> str:
    """The stylesheet without the comment naming its source map: the map is not shipped, and hashing looks for it."""
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", source)


def symbol(name: str, drawing: str) -> str:
    """A drawing of Tabler's (one `svg` element) as a symbol of a sprite, with its name for id."""
    inside = re.sub(r"\s+", " ", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]).strip()
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-linecap="round" stroke-linejoin="round">{inside}</symbol>'
    )


def bundle(source: Path, target: Path) -> None:
    """One module of the house with the packages that it imports, as one module that a strict policy lets run."""
    subprocess.run(
        [
            PACKAGES / ".bin" / "esbuild", source, f"--outfile={target}", "--bundle", "--format=esm", "--minify",
            "--target=es2022", "--charset=utf8", "--legal-comments=inline", "--log-level=warning",
        ],
        check=True,
    )  # fmt: skip


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    css = (MODULES / "core/dist/css/tabler.min.css").read_text(encoding="utf-8")
    (TARGET / "tabler.css").write_text(stylesheet(css), encoding="utf-8")
    drawn = (symbol(n, (MODULES / f"icons/icons/outline/{n}.svg").read_text(encoding="utf-8")) for n in ICONS)
    sprite = "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *drawn, "</svg>\n"])
    (TARGET / "icons.svg").write_text(sprite, encoding="utf-8")
    (TARGET / "icons.LICENSE.txt").write_bytes((MODULES / "icons/LICENSE").read_bytes())
    (TARGET / "echarts.js").write_bytes((PACKAGES / "echarts/dist/echarts.common.min.js").read_bytes())
    (TARGET / "echarts.LICENSE.txt").write_bytes((PACKAGES / "echarts/LICENSE").read_bytes())
    bundle(PROJECT / "gongyue" / "tendering" / "browser" / "sealing.js", TARGET / "sealing.js")
    bundle(PROJECT / "gongyue" / "tendering" / "browser" / "pages.js", TARGET / "sealed-pages.js")
    packages = (
        "age-encryption",
        "@noble/ciphers",
        "@noble/curves",
        "@noble/hashes",
        "@noble/post-quantum",
        "@scure/base",
    )
    licences = (f"{name}\n\n{(PACKAGES / name / 'LICENSE').read_text(encoding='utf-8')}" for name in packages)
    (TARGET / "sealing.LICENSE.txt").write_text("\n".join(licences), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
