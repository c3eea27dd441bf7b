"""Keeps the message catalogues: finds every message, updates the .po files, builds the .mo files.

Pure Python (Babel and polib): no gettext binary is needed on any machine.
"""

import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polib
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.utils.translation.template import templatize

from guomen.language.tags import LANGUAGES

_KEYWORDS: dict[str, None] = dict.fromkeys([*DEFAULT_KEYWORDS, "gettext_lazy", "pgettext_lazy"])
_COMMENT_TAGS = ["Translators:"]
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def extract(root: Path) -> Catalog:
    """Find every message in the Python files and templates under `root`."""
    catalogue = Catalog(project="guomen", charset="utf-8")
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html")]):
        place = path.relative_to(root).as_posix()
        for line, message, context, flags in _messages(path):
            catalogue.add(message, locations=[(place, line)], context=context, flags=flags)
    return catalogue


def _messages(path: Path) -> Iterator[tuple[int, str, str | None, set[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Django blanks the markup and keeps its indents, which would be no Python.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    if "gettext" not in source and "_(" not in source:
        return
    file = io.BytesIO(source.encode())
    for line, function, found, _comments in extract_python(
        file, _KEYWORDS, _COMMENT_TAGS, {"encoding": "utf-8"}
    ):
        # One argument comes as a text, several as a tuple, whatever Babel's hints say.
        texts = [text for text in _as_tuple(found) if text]
        if texts:
            context = texts[0] if str(function).startswith("pgettext") else None
            yield line, texts[-1], context, _flags(texts[-1])


def _as_tuple(found: object) -> tuple[str, ...]:
    several = found if isinstance(found, tuple | list) else (found,)
    return tuple(str(text or "") for text in several)


def _flags(message: str) -> set[str]:
    return {"python-format"} if _PLACEHOLDER.search(message) else set()


def po_files(locale_dir: Path) -> dict[str, Path]:
    """Give the .po file of each language but English, whose messages are the ids."""
    return {
        one.tag: locale_dir / _folder(one.tag) / "LC_MESSAGES" / "django.po"
        for one in LANGUAGES.values()
        if one.tag != "en"
    }


def _folder(tag: str) -> str:
    return tag.replace("-", "_")


def update(locale_dir: Path) -> None:
    """Bring every .po file in line with the messages in the source; translations stay."""
    found = extract(locale_dir.parent)
    for tag, path in po_files(locale_dir).items():
        _update_one(path, tag, found)


def _update_one(path: Path, tag: str, found: Catalog) -> None:
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in old}
    fresh = polib.POFile(wrapwidth=98)
    fresh.metadata = _metadata(tag)
    for message in found:
        if message.id:
            fresh.append(_entry(message.context, str(message.id), message.locations, kept))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))


def _entry(
    context: str | None,
    message: str,
    locations: Iterable[tuple[str, int]],
    kept: Mapping[tuple[str, str], str],
) -> polib.POEntry:
    # Without line numbers, a moved function does not change six files.
    places = sorted({(place, "") for place, _line in locations})
    return polib.POEntry(
        msgctxt=context,
        msgid=message,
        msgstr=kept.get((context or "", message), ""),
        occurrences=places,
        flags=sorted(_flags(message)),
    )


def _metadata(tag: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "guomen",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": _folder(tag),
        "Plural-Forms": _PLURALS[tag],
    }


_SLAVIC = (
    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)"
    " ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
)
_ARABIC = (
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 "
    "&& n%100<=99 ? 4 : 5;"
)
_PLURALS = {
    "zh-Hans": "nplurals=1; plural=0;",
    "zh-Hant": "nplurals=1; plural=0;",
    "ru": _SLAVIC,
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ar": _ARABIC,
}


def fill(locale_dir: Path, translations: Mapping[str, Mapping[str, str]]) -> int:
    """Put translations (message → language → text) where none stands yet; give how many were put.

    What is there stays: a correction is made in the .po file itself, where a reviewer sees it.
    """
    put = 0
    for tag, path in po_files(locale_dir).items():
        catalogue = polib.pofile(str(path), wrapwidth=98)
        for entry in catalogue:
            text = translations.get(entry.msgid, {}).get(tag, "")
            if text and not entry.msgstr:
                entry.msgstr = text
                put += 1
        catalogue.save(str(path))
    return put


def compile_all(locale_dir: Path) -> int:
    """Build the .mo files that are missing or older than their .po; give how many were built."""
    return sum(_compile_one(path) for path in po_files(locale_dir).values() if path.exists())


def _compile_one(path: Path) -> bool:
    built = path.with_suffix(".mo")
    if built.exists() and built.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".mo.tmp")
    os.close(handle)
    polib.pofile(str(path)).save_as_mofile(name)
    Path(name).chmod(0o644)
    # Two processes of one start may build at once: each puts a whole file in place.
    Path(name).replace(built)
    return True


def untranslated(locale_dir: Path) -> dict[str, list[str]]:
    """Give, by language, the messages of the source that have no sound translation.

    Missing, empty, fuzzy, or with other placeholders than the English.
    """
    wanted = [(m.context, str(m.id)) for m in extract(locale_dir.parent) if m.id]
    found = {}
    for tag, path in po_files(locale_dir).items():
        sound = _sound(path)
        found[tag] = [message for context, message in wanted if (context, message) not in sound]
    return found


def _sound(path: Path) -> set[tuple[str | None, str]]:
    if not path.exists():
        return set()
    return {
        (entry.msgctxt, entry.msgid)
        for entry in polib.pofile(str(path))
        if entry.msgstr and not entry.fuzzy and _same_placeholders(entry)
    }


def _same_placeholders(entry: polib.POEntry) -> bool:
    return set(_PLACEHOLDER.findall(entry.msgid)) == set(_PLACEHOLDER.findall(entry.msgstr))
