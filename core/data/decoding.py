"""From the bytes of a file to its text: what encoding it has, and what is no text at all."""

import re

from core.data.faults import TableError

MAX_BYTES = 1_000_000
_SPREADSHEET = "This is a spreadsheet. Open it, choose “Save as” or “Export”, and the format “CSV UTF-8”."
_KINDS = {
    b"PK\x03\x04": _SPREADSHEET,
    b"\xd0\xcf\x11\xe0": _SPREADSHEET,
    b"%PDF": "This is a PDF. Copy its table into a spreadsheet and save that as “CSV UTF-8”.",
    b"\x1f\x8b": "This file is packed (gzip). Please unpack it first.",
    b"{\\rtf": "This is formatted text (RTF). Please save it as plain text.",
}
"""What a file begins with that is no table as text."""
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
"""The byte order marks, the longer ones first, and the encodings that they stand for."""
_NOT_TEXT = "The file is not UTF-8 text. In a spreadsheet, choose “Save as” and the format “CSV UTF-8”."
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


def decode(raw: bytes) -> tuple[str, list[str]]:
    """Return the text of a file: UTF-8, UTF-16 and UTF-32 by their marks, or the older Windows encoding, aloud.

    Raises
    ------
    TableError
        If there are more than ``MAX_BYTES`` bytes, or they are not text.
    """
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1e6:.1f} MB" if len(raw) >= 1.05 * MAX_BYTES else f"{len(raw):,} bytes"
        raise TableError(f"The file has {size}; at most 1 MB is read. Please keep fewer rows or columns.")
    for beginning, message in _KINDS.items():
        if raw.startswith(beginning):
            raise TableError(message)
    if re.match(rb"\s*<(!doctype|html|table|\?xml)", raw[:200], re.IGNORECASE):
        raise TableError("This is a web page, not a table as text. Please save the table as “CSV UTF-8”.")
    if re.match(rb'\s*[\[{]\s*["\[{]', raw[:200]):
        raise TableError("This is JSON, not a table. Please save it as “CSV UTF-8”.")
    if re.match(rb"(?:\s*%[^\n]*\n)*\s*@relation\b", raw, re.IGNORECASE):
        raise TableError("This is an ARFF file, as Weka writes it. Please save it as “CSV UTF-8”.")
    if re.match(rb"([+-]?[\d.]+( +\d+:[-+.\deE]+)+ *\r?\n){2}", raw[:5_000]):
        raise TableError("This is a sparse table (LIBSVM). Please write every column out and save it as “CSV UTF-8”.")
    encoding = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "utf-8")
    if encoding == "utf-8" and raw.count(0) > len(raw) / 4:
        raise TableError(f"The file seems to be UTF-16 without the mark that says so. {_NOT_TEXT}")
    try:
        return raw.decode(encoding).rstrip("\x1a"), []
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise TableError(f"The file begins as {encoding.upper()} text and does not go on so. {_NOT_TEXT}") from None
    return _windows(raw)


def _windows(raw: bytes) -> tuple[str, list[str]]:
    """Read text in the encoding of older Windows programs, if it can be that."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise TableError(_NOT_TEXT) from None
    if _CONTROLS.search(raw):
        raise TableError(_NOT_TEXT)
    line, letter = next((n, c) for n, row in enumerate(text.splitlines(), 1) for c in row if not c.isascii())
    return text, [
        f"The file is not UTF-8 text; it was read as older Windows text (line {line} has “{letter}”). If names look "
        "odd, save it as “CSV UTF-8”."
    ]
