"""Columns: Arrow columns of decimals as whole numbers and back, exactly; a column of floating point is refused, since it is not exact."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]


class InexactColumnError(ValueError):
    """A column does not hold exact numbers, or more than eighteen digits."""


def whole_numbers(column: pa.ChunkedArray | pa.Array, *, places: int) -> tuple[Whole, Truths]:
    """The numbers of a decimal or integer column in units of 10**-places, zero where there is none, and which there are."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    scale = array.type.scale if pa.types.is_decimal(array.type) else 0
    if not (pa.types.is_decimal128(array.type) or pa.types.is_integer(array.type)) or scale > places:
        raise InexactColumnError(f"a column of {array.type} is no column of decimals with at most {places} places")
    present = np.asarray(array.is_valid())
    filled = array if array.null_count == 0 else pc.fill_null(array, pa.scalar(0, array.type))
    numbers = _low_words(filled) if pa.types.is_decimal(filled.type) else filled.cast(pa.int64()).to_numpy()
    most = np.abs(numbers).max(initial=0)
    if most >= 2**62 // 10 ** (places - scale):
        raise InexactColumnError("a number has more digits than eighteen")
    return numbers * 10 ** (places - scale), present


def decimals(numbers: Whole, *, places: int) -> pa.Array:
    """The whole numbers as a decimal column with so many places."""
    words = np.empty((len(numbers), 2), dtype=np.int64)
    words[:, 0] = numbers
    words[:, 1] = numbers >> 63
    return pa.Array.from_buffers(pa.decimal128(18, places), len(numbers), [None, pa.py_buffer(words)])


def _low_words(array: pa.Array) -> Whole:
    words = np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    low = words[:, 0].copy()
    if (words[:, 1] != low >> 63).any():
        raise InexactColumnError("a number has more digits than eighteen")
    return low
