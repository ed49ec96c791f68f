"""The texts of the pages. Chinese is what the code says; English comes from gongyue/locale/en.

python tools/messages.py update     gather every text into the .po files; translations that exist are kept
python tools/messages.py compile    make the .mo files that Django reads
python tools/messages.py missing    name the texts without a translation; exit 1 where there are any
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "gongyue"
LOCALES = ("en",)
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
HEADER = """msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def po(locale: str) -> Path:
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[tuple[str, str]]:
    """(path, Python text) of every module and template; templates turned into calls, as Django's own command does."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            name = path.relative_to(PROJECT).as_posix()
            calls = templatize(path.read_text(encoding="utf-8"), origin=name)
            yield name, "\n".join(line.lstrip() for line in calls.splitlines())  # a page's indentation is no Python's


def gathered() -> Catalog:
    """Every text of the code, with the files that use it."""
    catalog = Catalog(charset="utf-8")
    for name, text in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            if message:
                catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def stored(locale: str) -> Catalog:
    if not po(locale).exists():
        return Catalog(locale=locale, charset="utf-8")
    with po(locale).open("rb") as file:
        return read_po(file, locale=locale)


def update() -> None:
    for locale in LOCALES:
        catalog = stored(locale)
        catalog.update(gathered(), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        out = io.BytesIO()
        write_po(out, catalog, omit_header=True, sort_output=True, include_lineno=False, width=120)
        po(locale).parent.mkdir(parents=True, exist_ok=True)
        po(locale).write_text(HEADER.format(locale=locale) + out.getvalue().decode(), encoding="utf-8")


def compile_all() -> None:
    for locale in LOCALES:
        with po(locale).with_suffix(".mo").open("wb") as file:
            write_mo(file, stored(locale))


def key(message: Message) -> tuple[str, str]:
    return (message.context or "", message.id if isinstance(message.id, str) else message.id[0])


def translated(message: Message) -> bool:
    texts = (message.string,) if isinstance(message.string, str) else message.string
    return bool(texts) and all(texts) and not message.fuzzy


def missing(locale: str) -> list[str]:
    """The texts of the code that have no translation in `locale`."""
    have = {key(message) for message in stored(locale) if message.id and translated(message)}
    return [message[1] for message in sorted(key(m) for m in gathered() if m.id) if message not in have]


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["missing"]:
            found = [(locale, text) for locale in LOCALES for text in missing(locale)]
            for locale, text in found:
                print(f"{locale}: {text}")
            return bool(found)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
