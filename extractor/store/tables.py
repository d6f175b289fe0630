"""The tables of a store, as SQL over `batch`: one row per report, with its lists as they stand in the JSON.

A table per kind of record unnests its list; a field that is new in the records is a new column. Keys that join:

    file_id              a source file, counted from 1 in order of path
    doc_id               a document in it
    id                   a record, unique in its table; `n` is its index in the list of its report

A span of JSON stands in two columns (`span_start`, `span_end`), the upper end of a range in `value_to`, the place of
a cell in `table_id`, `row_no`, `column_no`; an index into another list has become the id of the row that it means.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from extractor.found import Number
from extractor.records import Model, Record, Report

PER_FILE = 10_000_000  # ids of a file: more records of a kind than the largest file that is read can hold
_PLAIN = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN"}
GATHERED = {"source"}  # over all batches, for `files`; no table of the store
_RANGED = Number | tuple[Number, Number]


class Kind(NamedTuple):
    """How a kind of record differs: fields that are left out, and the columns that stand for them; a join for these."""

    without: str = ""
    instead: str = ""
    join: str = ""


def _listed(kind: str) -> str:
    """A row `r` for each record of a kind, and its index `n` in the list of its report."""
    return f"(SELECT file_id, unnest({kind}) AS r, generate_subscripts({kind}, 1) - 1 AS n FROM batch)"


_CELL = 'key(file_id, r.cell."table") AS table_id, r.cell."row" AS row_no, r.cell."column" AS column_no'
_PROBLEM = f"""
    ASOF LEFT JOIN (SELECT key(file_id, n) AS id, key(file_id, r.doc) AS doc_id, r.text AS words, r.span.start AS start
                    FROM {_listed("problems")}) p
    ON p.doc_id = key(file_id, r.doc) AND p.words = r.{{}} AND p.start <= r.span.start"""  # the last of these words before
_KINDS = {
    "headings": Kind("body", "r.body.start AS body_start, r.body.end AS body_end"),
    "dates": Kind("cell", _CELL),
    "quantities": Kind(
        "value, cell",
        "CAST(CASE json_type(r.value) WHEN 'ARRAY' THEN r.value->0 ELSE r.value END AS DOUBLE) AS value, "
        f"CAST(r.value->1 AS DOUBLE) AS value_to, {_CELL}",
    ),
    "problems": Kind("", "p.id AS parent_id", _PROBLEM.format("parent")),
    "measures": Kind(
        "dates, quantities, recovered, accountable",
        "p.id AS problem_id, list_transform(r.dates, lambda i: key(file_id, i)) AS date_ids, "
        "list_transform(r.quantities, lambda i: key(file_id, i)) AS quantity_ids",
        _PROBLEM.format("problem"),
    ),
    "tables": Kind("rows, states, labels", "len(r.rows) AS row_count, len(r.rows[1]) AS column_count"),
}
_DOCUMENTS = f"""
    SELECT key(file_id, n) AS doc_id, file_id, n, path AS file, r.* EXCLUDE (text, runs), length(r.text) AS characters, r.text
    FROM {_listed("documents")}
    JOIN manifest USING (file_id) ORDER BY doc_id"""
_PATHS = f"""
    WITH RECURSIVE h AS (
        SELECT key(file_id, n) AS id, key(file_id, r.doc) AS doc_id, n, r.level AS level, r.span.start AS start,
               r.marker || r.title AS words
        FROM {_listed("headings")}),
    child AS (
        SELECT h.*, (SELECT max(p.id) FROM h p WHERE p.doc_id = h.doc_id AND p.n < h.n AND p.level < h.level) AS parent_id
        FROM h),
    tree AS (
        SELECT *, words AS path FROM child WHERE parent_id IS NULL
        UNION ALL
        SELECT child.*, tree.path || ' / ' || child.words FROM child JOIN tree ON child.parent_id = tree.id)
    SELECT id AS heading_id, doc_id, start, parent_id, path AS section FROM tree"""
_CELLS = f"""
    SELECT key(file_id, n) AS table_id, file_id, key(file_id, doc) AS doc_id, row_no - 1 AS row_no,
           column_no - 1 AS column_no, row[column_no] AS text, states[row_no][column_no] AS state,
           labels[row_no][column_no]."row" AS row_labels, labels[row_no][column_no]."column" AS column_labels
    FROM (SELECT *, unnest(range(1, len(row) + 1)) AS column_no
          FROM (SELECT file_id, n, r.doc AS doc, r.states AS states, r.labels AS labels,
                       unnest(r.rows) AS row, generate_subscripts(r.rows, 1) AS row_no
                FROM {_listed("tables")}))
    ORDER BY table_id, row_no, column_no"""
_SUMS = """
    SELECT key(file_id, n) AS measure_id, kind, s.act AS act, key(file_id, s.quantity) AS quantity_id
    FROM (SELECT file_id, n, 'recovered' AS kind, unnest(r.recovered) AS s FROM measure
          UNION ALL SELECT file_id, n, 'accountable', unnest(r.accountable) FROM measure)
    ORDER BY measure_id, kind, quantity_id, act"""
_SOURCE = "SELECT file_id, schema_version, source.* EXCLUDE (sha256) FROM batch"


def helpers() -> dict[str, str]:
    """The SELECTs of what the tables of a batch have in common: its documents, paths of headings, measures."""
    return {"document": _DOCUMENTS, "path": _PATHS, "measure": f"FROM {_listed('measures')}"}


def selects() -> dict[str, str]:
    """The SELECT that makes each table from a batch and its helpers."""
    kinds = {
        name: get_args(field.annotation)[0]
        for name, field in Report.model_fields.items()
        if get_origin(field.annotation) is tuple and name != "documents"
    }
    return {"documents": "FROM document", "cells": _CELLS, "sums": _SUMS, "source": _SOURCE} | {
        name: _records(name, model) for name, model in kinds.items()
    }


def _records(name: str, model: type[Model]) -> str:
    """Records of a document have its title, year and issuer, and the path of their heading as `section`."""
    kind = _KINDS.get(name, Kind())
    placed, spanned = "doc" in model.model_fields, issubclass(model, Record)
    out = [*filter(None, (kind.without,)), *(part for part in ("doc", "span", "source") if part in model.model_fields)]
    columns = [
        "key(file_id, i.n) AS id", "file_id", "i.n", "m.path AS file",
        *(["d.doc_id, d.title AS document, d.year, d.issuer"] if placed else []),
        *(["h.heading_id, h.section"] if spanned else []),
        *(["h.parent_id"] if name == "headings" else []),
        f"r.* EXCLUDE ({', '.join(out)})" if out else "r.*",
        *filter(None, (kind.instead,)),
        *(["r.span.start AS span_start, r.span.end AS span_end"] if spanned else []),
        *(["r.source"] if "source" in model.model_fields else []),
    ]  # fmt: skip
    return f"""
    SELECT {", ".join(columns)}
    FROM {_listed(name)} i
    JOIN manifest m USING (file_id)
    {"JOIN document d ON d.doc_id = key(file_id, r.doc)" if placed else ""}
    {"ASOF LEFT JOIN path h ON h.doc_id = key(file_id, r.doc) AND h.start <= r.span.start" if spanned else ""}
    {kind.join} ORDER BY id"""


def columns() -> dict[str, str]:
    """The SQL type of every field of a report."""
    return {name: _type(field.annotation) for name, field in Report.model_fields.items()}


def _type(annotation: Any) -> str:
    """str → VARCHAR, a model → STRUCT, a tuple → a list; None is always allowed; a number or a range is JSON."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if annotation == _RANGED | None:
        return "JSON"
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) in (Union, types.UnionType):
        (one,) = {_type(part) for part in parts}
        return one
    if get_origin(annotation) is Literal:
        return "VARCHAR"
    if get_origin(annotation) is tuple:
        return f"{_type(parts[0])}[]"
    return struct({name: _type(hint) for name, hint in _fields(annotation)})


def struct(types: Mapping[str, str]) -> str:
    """The SQL type of an object with these fields."""
    return "STRUCT(" + ", ".join(f'"{name}" {type}' for name, type in types.items()) + ")"


def _fields(model: Any) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(model)
    names = model.__dataclass_fields__ if is_dataclass(model) else model.model_fields
    return ((name, hints[name]) for name in names)
