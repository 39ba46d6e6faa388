"""From a table to a CSV file that every program opens with the right letters.

A spreadsheet takes a CSV file without a byte order mark for text in its own old encoding: ``x₁`` becomes ``xâ‚``. So
what can be written in ASCII is, ``x1``; where other letters remain, the file begins with the mark.
"""

import unicodedata

import numpy as np
import pandas as pd


def csv_bytes(table: pd.DataFrame) -> bytes:
    r"""Return a table as a CSV file, without its index: commas, decimal points, names in ASCII where there is a way.

    >>> csv_bytes(pd.DataFrame({"x₁": [0.5], "R²": [1]}))
    b'x1,R2\n0.5,1\n'
    """
    named = table.rename(columns=lambda name: plain(str(name))).apply(_whole)
    text = named.map(lambda cell: plain(cell) if isinstance(cell, str) else cell).to_csv(
        index=False, lineterminator="\n"
    )
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _whole(column: pd.Series) -> pd.Series:
    """Return numbers that are all whole as such: a weight that came as 1623 goes as 1623."""
    if column.dtype.kind != "f" or not np.isfinite(column).all():
        return column
    return column.astype(np.int64) if (column % 1 == 0).all() and (column.abs() < 2**53).all() else column


def plain(text: str) -> str:
    """Write a text in ASCII, if only marks and the height of letters are lost; else return it as it is.

    >>> plain("x₁"), plain("kg/m²"), plain("−2"), plain("Größe")
    ('x1', 'kg/m2', '-2', 'Größe')
    """
    ascii_text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-")
    return ascii_text if ascii_text.isascii() else text
