"""Calls into pdfium that are made once per character or object.

The bindings' own wrappers make a Python object per call; these take and give plain addresses, at a third of the time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw
import regex

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
LINE_TO, BEZIER_TO, MOVE_TO = raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_BEZIERTO, raw.FPDF_SEGMENT_MOVETO
FILL_AND_STROKE = raw.FPDF_TEXTRENDERMODE_FILL_STROKE
WRONG_PASSWORD, UNKNOWN_SECURITY = raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY

_PAIR = regex.compile(r"[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_AT, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
Floats = ctypes.Array[ctypes.c_float]


def address(handle: Any) -> int:
    return ctypes.cast(handle, _AT).value or 0


def _call(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.CFUNCTYPE(result, *arguments)(address(getattr(raw, name)))


def floats(count: int) -> Floats:
    return (_FLOAT * count)()


# of a text page and the index of a character
text_object = _call("FPDFText_GetTextObject", _AT, _AT, _INT)
loose_box = _call("FPDFText_GetLooseCharBox", _INT, _AT, _INT, _AT)
text_matrix = _call("FPDFText_GetMatrix", _INT, _AT, _INT, _AT)
font_size = _call("FPDFText_GetFontSize", ctypes.c_double, _AT, _INT)
_text = _call("FPDFText_GetText", _INT, _AT, _INT, _INT, _AT)
_unicode = _call("FPDFText_GetUnicode", ctypes.c_uint, _AT, _INT)
# of a text object or its font
font = _call("FPDFTextObj_GetFont", _AT, _AT)
render_mode = _call("FPDFTextObj_GetTextRenderMode", _INT, _AT)
font_weight = _call("FPDFFont_GetWeight", _INT, _AT)
font_name = _call("FPDFFont_GetBaseFontName", ctypes.c_size_t, _AT, _AT, ctypes.c_size_t)
# of a page or form and an index, or of an object
count_objects = _call("FPDFPage_CountObjects", _INT, _AT)
page_object = _call("FPDFPage_GetObject", _AT, _AT, _INT)
count_form_objects = _call("FPDFFormObj_CountObjects", _INT, _AT)
form_object = _call("FPDFFormObj_GetObject", _AT, _AT, ctypes.c_ulong)
kind = _call("FPDFPageObj_GetType", _INT, _AT)
matrix = _call("FPDFPageObj_GetMatrix", _INT, _AT, _AT)
draw_mode = _call("FPDFPath_GetDrawMode", _INT, _AT, _AT, _AT)
count_segments = _call("FPDFPath_CountSegments", _INT, _AT)
segment = _call("FPDFPath_GetPathSegment", _AT, _AT, _INT)
segment_point = _call("FPDFPathSegment_GetPoint", _INT, _AT, _AT, _AT)
segment_kind = _call("FPDFPathSegment_GetType", _INT, _AT)
segment_closes = _call("FPDFPathSegment_GetClose", _INT, _AT)


def units(text_page: int, count: int) -> list[str]:
    """The characters of a text page, one per index. Of a surrogate pair pdfium counts the halves: the second is ""."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    if count and _text(text_page, 0, count, ctypes.addressof(buffer)) == count + 1:
        found = list(map(chr, buffer[:count]))
    else:
        found = [chr(_unicode(text_page, i)) for i in range(count)]
    for pair in _PAIR.finditer("".join(found)):
        found[pair.start()] = pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        found[pair.start() + 1 : pair.end()] = [""] * (len(pair[0]) - 1)
    return found
