"""Rows of one layer of an ArcGIS FeatureServer: page after page in a fixed order, and none lost or given twice.

A page is the last where it is shorter than was asked for and not flagged as cut (``exceededTransferLimit``). How many rows
there are is asked first, so that a service that cuts without a word, or keeps no order, is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

import requests

from analysis.model.english import counted
from analysis.model.errors import RefusedError
from data.download.address import host_of
from data.download.service import AGAIN, GONE, PIECE, TROUBLE, BusyError, Service, ServiceError, let_go
from data.ons.layers import Layer
from data.police_uk.archive import plain_name

PAGE = 1000
"""Rows asked for at a time; a layer gives 1,000 to 2,000 at the most."""

LARGEST_ANSWER = 64 * 2**20
"""Bytes of one answer: a page of wards in generalised outlines has some 5 MB."""

AGAIN_LATER = "Try again later; nothing held was changed."
"""What to do after trouble: outlines are some megabytes and are fetched from the beginning."""

_GONE = GONE | {498, 499}
"""Codes in an answer that say that there is no such layer, or none that everybody may read."""

T = TypeVar("T")

Row = dict[str, Any]
"""A feature as GeoJSON has it: ``properties`` and, of outlines, ``geometry``."""


class NoLayerError(Exception):
    """The service has no layer of this name."""


@dataclass(frozen=True)
class Query:
    """What is wanted of a layer: the condition, with outlines or without, and how many rows where that is known."""

    where: str
    outlines: bool = False
    rows: int | None = None


class Layers:
    """The layers under one address. ``told`` is called with a layer, its rows so far and its rows in all."""

    def __init__(
        self, service: Service, address: str, told: Callable[[Layer, int, int], None] = lambda *_: None
    ) -> None:
        self._service, self._address, self._told = service, address, told

    def rows(self, layer: Layer, query: Query) -> list[Row]:
        """Return every row of a layer that fits, in the order of its key.

        Raises NoLayerError, ServiceError where nothing of the service can be read now, and RefusedError where this layer
        does not give all of its rows once.
        """
        wanted = self._count(layer, query) if query.rows is None else query.rows
        rows: list[Row] = []
        keys: set[tuple[str, ...]] = set()
        while True:
            page, cut = self._page(layer, query, len(rows))
            rows += page
            keys |= {key_of(layer, row) for row in page}
            self._told(layer, len(rows), wanted)
            if len(rows) > wanted or (cut and not page) or len(keys) < len(rows):
                break
            if len(page) < PAGE and not cut:
                break
        if len(keys) < len(rows) or (query.rows is None and len(rows) != wanted):
            raise RefusedError(
                f"{layer.name}: the service gave {counted(len(keys), 'row')} of {wanted:,}, some of them more than once "
                f"or not at all, so its pages have no fixed order. {AGAIN_LATER}"
            )
        return sorted(rows, key=lambda row: key_of(layer, row))

    def _count(self, layer: Layer, query: Query) -> int:
        answer = self._ask(layer, {"where": query.where, "returnCountOnly": "true", "f": "json"})
        count = answer.get("count")
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise _unreadable(layer, "it does not say how many rows there are")
        return count

    def _page(self, layer: Layer, query: Query, offset: int) -> tuple[list[Row], bool]:
        answer = self._ask(
            layer,
            {
                "where": query.where,
                "outFields": "*",
                "orderByFields": ",".join(layer.order),
                "resultOffset": str(offset),
                "resultRecordCount": str(PAGE),
                "returnGeometry": "true" if query.outlines else "false",
                "outSR": "4326",
                "f": "geojson" if query.outlines else "json",
            },
        )
        features = answer.get("features")
        if not isinstance(features, list):
            raise _unreadable(layer, "it has no list of features")
        notes = answer.get("properties")
        cut = answer.get("exceededTransferLimit") is True or (
            isinstance(notes, dict) and notes.get("exceededTransferLimit") is True
        )
        return [_row(layer, feature) for feature in features], cut

    def _ask(self, layer: Layer, given: dict[str, str]) -> dict[str, Any]:
        """Return one answer, after as many tries as it takes."""
        address = f"{self._address}/{layer.name}/FeatureServer/0/query?{urlencode(given)}"
        tries = 0
        while True:
            tries += 1
            try:
                response, _ = self._service.follow(address, {"Accept-Encoding": "gzip"})
                if response.status_code in AGAIN:
                    let_go(response)
                    self._service.wait(address, tries, response)
                    continue
                if response.status_code in GONE:
                    let_go(response)
                    raise NoLayerError
                answer = self._answer(response, layer)
            except TROUBLE as trouble:
                self._service.wait(address, tries, trouble)
                continue
            error = answer.get("error")
            if error is None:
                return answer
            code, message = _error(error)
            if code not in AGAIN:
                # a layer that is not there is answered with 200, and 400 inside
                if code in _GONE or "invalid url" in message.lower():
                    raise NoLayerError
                raise _unreadable(layer, f"the service answered {code} {message}".rstrip())
            self._service.wait(address, tries, BusyError(f"{code} {message}".rstrip()))

    def _answer(self, response: requests.Response, layer: Layer) -> dict[str, Any]:
        """Return the answer read whole; OSError where it was cut off, so that it is asked for again."""
        host = host_of(response.url)
        if response.status_code != 200:
            let_go(response)
            raise ServiceError(
                f"{host} answered {response.status_code} {response.reason or ''}".rstrip()
                + f" where {layer.name} was asked for. {AGAIN_LATER}"
            )
        if "html" in response.headers.get("Content-Type", ""):
            response.close()
            raise ServiceError(
                f"{host} gave a web page where {layer.name} was asked for. A proxy may stand between: fetch the files by "
                "hand, and import them."
            )
        text, came = bytearray(), 0
        for piece in response.iter_content(PIECE):
            text += piece
            # as they came, packed
            self._service.count(response.raw.tell() - came)
            came = response.raw.tell()
            if len(text) > LARGEST_ANSWER:
                response.close()
                raise _unreadable(layer, f"one answer has more than {LARGEST_ANSWER // 2**20} MB")
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise OSError("IncompleteRead") from problem
        if not isinstance(answer, dict):
            raise _unreadable(layer, "its answer is no table")
        return answer


def _row(layer: Layer, feature: Any) -> Row:
    values = feature.get("properties", feature.get("attributes")) if isinstance(feature, dict) else None
    if not isinstance(values, dict) or not all(isinstance(values.get(name), str) for name in layer.order):
        raise _unreadable(layer, f"a row of it has no {' and '.join(layer.order)}")
    return {"type": "Feature", "properties": values, "geometry": feature.get("geometry")}


def _error(error: Any) -> tuple[int, str]:
    if not isinstance(error, dict):
        return 0, ""
    code, message = error.get("code"), error.get("message")
    return code if isinstance(code, int) else 0, plain_name(message) if isinstance(message, str) else ""


def _unreadable(layer: Layer, what: str) -> RefusedError:
    return RefusedError(f"{layer.name}: {what}, so it cannot be read. {AGAIN_LATER}")


def key_of(layer: Layer, row: Row) -> tuple[str, ...]:
    """Return what tells a row of a layer apart."""
    return tuple(row["properties"][name] for name in layer.order)


def value_of(row: Row, column: str) -> str:
    """Return a text of a row, empty where it has none."""
    value = row["properties"].get(column)
    return value.strip() if isinstance(value, str) else ""


def where_in(column: str, values: Iterable[str]) -> str:
    """Return the condition that a column has one of these texts."""
    quoted = ",".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{column} IN ({quoted})"


def in_parts(values: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """Yield the values some at a time: an address has room for some 2,000 letters on its way through proxies."""
    for begin in range(0, len(values), most):
        yield values[begin : begin + most]
