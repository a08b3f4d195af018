"""Every English source has a Vietnamese text, finished, with the same placeholders."""

import re
from collections import Counter

import polib
import pytest
from sources import ADDONS, addon_files, manifests, read, tracked

each_addon = pytest.mark.parametrize("addon", manifests())
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrf]|%[sdrf]|\{\w*\}|\$\{\w+\}")
MARKED = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]|[\u1ea0-\u1ef9]")
TAG = re.compile(r"</?[a-z][^>]*>")


def _catalogues(addon):
    """Template and Vietnamese catalogue; empty where the addon has no texts."""
    folder = ADDONS / addon / "i18n"
    files = [folder / f"{addon}.pot", folder / "vi.po"]
    if not _has_texts(addon) and not folder.is_dir():
        return [], []
    for path in files:
        assert path.exists(), f"{path.name} of {addon} is missing"
    return [polib.pofile(str(path)) for path in files]


def _has_texts(addon):
    """Models, views and messages have texts; Vietnamese data alone has none."""
    if any((ADDONS / addon / name).is_dir() for name in ("views", "wizard")):
        return True
    texts = re.compile(r"^    _name = |\benv\._\(", re.MULTILINE)
    return any(texts.search(read(path)) for path in addon_files(addon, ".py"))


@each_addon
def test_vietnamese_is_complete(addon):
    template, vietnamese = _catalogues(addon)
    there = {(e.msgctxt, e.msgid): e for e in vietnamese if not e.obsolete}
    wanted = {(e.msgctxt, e.msgid) for e in template}
    missing = [key[1] for key in wanted if key not in there or not there[key].msgstr]
    assert not missing, f"without Vietnamese: {missing}"
    assert not [key[1] for key in there if key not in wanted], "no longer in the source"
    assert not [e.msgid for e in there.values() if e.fuzzy], "fuzzy"


@each_addon
def test_placeholders_and_tags_match(addon):
    template, vietnamese = _catalogues(addon)
    for entry in vietnamese:
        for pattern in (PLACEHOLDER, TAG):
            source = Counter(pattern.findall(entry.msgid))
            assert Counter(pattern.findall(entry.msgstr)) == source, entry.msgid


@each_addon
def test_source_is_english(addon):
    """A source that needs no translation, and is Vietnamese, was written in the wrong
    place: the words of the law stand in vi.po. Samples of a symbol stay as they are."""
    _template, vietnamese = _catalogues(addon)
    assert MARKED.search("Văn bản đến") and not MARKED.search("Documents")
    found = [
        entry.msgid
        for entry in vietnamese
        if entry.msgstr == entry.msgid and MARKED.search(_without_symbols(entry.msgid))
    ]
    assert not found


def _without_symbols(text):
    """Without words like 10/QĐ-UBND."""
    return " ".join(word for word in text.split() if not re.search(r"[/-]", word))


def test_no_english_catalogue():
    """The source is English: en.po would be a second truth."""
    assert not [p for p in tracked() if p.name.startswith("en") and p.suffix == ".po"]
