"""The text of a PDF that the site has made, read back through the maps from glyphs to letters that its fonts bring."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"^(.*?)stream\r?\n(.*?)\nendstream", re.DOTALL)
_LETTERS = rb"(?:\\.|[^\\()])"
for _depth in range(5):  # parentheses that balance stand in a string as they are
    _LETTERS = rb"(?:\\.|[^\\()]|\(" + _LETTERS + rb"*\))"
_STRING = rb"\((" + _LETTERS + rb"*)\)"
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\[((?:" + _STRING + rb"|[^\]])*)\]TJ|(" + _STRING + rb") ?Tj", re.DOTALL)
_PART = re.compile(_STRING, re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTER = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>")
_CHAR = re.compile(rb"<(\w+)>\s*<(\w+)>")


def pdf_text(file: bytes) -> str:
    """What stands on the pages, in the order in which it was set; each run of letters is parted from the next by a blank."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(file)}
    pages = [each for each in objects.values() if re.search(rb"/Type\s*/Page\b", each)]
    return " ".join(_page_text(each, objects) for each in pages)


def _page_text(page: bytes, objects: dict[int, bytes]) -> str:
    resources = re.search(rb"/Resources (\d+) 0 R", page)
    named = objects[int(resources[1])] if resources else page
    fonts = {name: _letters(objects[int(font)], objects) for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", named)}
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    assert contents, "a page has contents"
    words, letters = [], {}
    for found in _SHOWN.finditer(_stream(objects[int(contents[1])])):
        if found[1]:
            letters = fonts[found[1]]
        else:
            shown = b"".join(_ESCAPED.sub(_plain, part) for part in _PART.findall(found[2] or found[4]))
            words.append("".join(letters.get(shown[place : place + 2], "\N{REPLACEMENT CHARACTER}") for place in range(0, len(shown), 2)))
    return " ".join(words)


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[bytes, str]:
    """What the glyphs of a font mean."""
    to_unicode = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert to_unicode, "without it nobody could read the text aloud"
    table, found = _stream(objects[int(to_unicode[1])]), {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {bytes.fromhex(code.decode()): _unicode(text) for code, text in _CHAR.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code.to_bytes(2, "big")] = chr(ord(_unicode(text)) + place)
    return found


def _unicode(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")


def _plain(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8)]) if len(code) > 1 else _LETTER.get(code, code)


def _stream(written: bytes) -> bytes:
    found = _STREAM.match(written)
    assert found, "the object is a stream"
    return zlib.decompress(found[2]) if b"FlateDecode" in found[1] else found[2]
