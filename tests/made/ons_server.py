"""The Open Geography services on this machine: layers laid out as the ONS's, and every fault that they may have.

    python -m tests.made.ons_server [--port 8766]

serves Cleveland's real lookup and outlines; set ``TOWN_CENTRES_GEOGRAPHY`` to the address that it prints. No test goes to
a network: the service itself can be reached from no machine that runs them.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import gzip
import json
import random
import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from shapely.geometry import box, mapping

from tests.made.local_server import LocalHandler, LocalServer

Row = dict[str, Any]
"""Attributes, and ``geometry`` where the layer has outlines."""

FORCES_22, FORCES_25 = "LAD22_CSP22_PFA22_EW_LU", "LAD25_CSP25_PFA25_EW_LU"
LOOKUP = "LSOA11_LSOA21_LAD22_EW_LU_v5"
LSOA_11 = "LSOA_Dec_2011_Boundaries_Generalised_Clipped_BGC_EW_V3"
LSOA_21 = "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5"
WARDS, OLDER_WARDS = "WD_DEC_2025_UK_BGC", "WD_MAY_2025_UK_BGC_V2"
DISTRICTS = "Local_Authority_Districts_DEC_2025_Boundaries_UK_BGC"

CLEVELAND = {
    "E06000001": "Hartlepool",
    "E06000002": "Middlesbrough",
    "E06000003": "Redcar and Cleveland",
    "E06000004": "Stockton-on-Tees",
}


# what is served: layers


def districts_to_forces(year: str, areas: dict[str, dict[str, str]]) -> list[Row]:
    """The lookup of districts to police force areas, by the name of the area."""
    return [
        {
            f"LAD{year}CD": code, f"LAD{year}NM": name, f"CSP{year}CD": f"E22{number:06d}", f"CSP{year}NM": name,
            f"PFA{year}CD": "E23000013", f"PFA{year}NM": area,
        }
        for area, districts in areas.items() for number, (code, name) in enumerate(districts.items())
    ]  # fmt: skip


def real_layers(shared: Path) -> dict[str, list[Row]]:
    """Cleveland's real lookup, LSOAs, wards and districts, among made ones of Durham's Darlington."""
    folder = shared / "geography"
    areas = {"Cleveland": CLEVELAND, "Durham": {"E06000005": "Darlington"}}
    with (folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv").open(encoding="utf-8-sig") as file:
        lookup: list[Row] = list(csv.DictReader(file))

    def outlines(name: str) -> list[Row]:
        document = json.loads((folder / name).read_text(encoding="utf-8"))
        return [
            {
                k: v
                for k, v in each["properties"].items()
                if k not in ("LADCD_ACTIVE", "UTLACD", "CAUTHCD", "RGNCD")
            }
            | {"geometry": each["geometry"], "LADCD": each["properties"]["LADCD_ACTIVE"]}
            for each in document["features"]
        ]

    districts = [
        {"LAD25CD": each["LADCD"], "LAD25NM": each["LADNM"], "geometry": each["geometry"]}
        for each in outlines("districts_cleveland.geojson")
    ]
    made = made_layers({"Durham": {"E06000005": "Darlington"}}, per_district=3)
    layers = {
        FORCES_22: districts_to_forces("22", areas),
        FORCES_25: districts_to_forces("25", areas),
        LOOKUP: lookup + made[LOOKUP],
        LSOA_11: outlines("lsoa_2011_cleveland.geojson") + made[LSOA_11],
        LSOA_21: outlines("lsoa_2021_cleveland.geojson") + made[LSOA_21],
        WARDS: outlines("wards_2025_cleveland.geojson") + made[WARDS],
        DISTRICTS: districts + made[DISTRICTS],
    }
    for rows in layers.values():
        for row in rows:
            row.pop("LADCD", None)  # the ONS's outlines of LSOAs name no district
    return layers


def made_layers(areas: dict[str, dict[str, str]], per_district: int = 2) -> dict[str, list[Row]]:
    """Layers of made districts in squares of 0.1 degrees: LSOAs side by side in each, one ward each, all unchanged."""
    lookup, old, new, wards, districts = [], [], [], [], []
    places = [(code, name) for each in areas.values() for code, name in each.items()]
    for at, (code, name) in enumerate(places):
        west, south = -1.5 + 0.1 * (at % 5), 54.0 + 0.1 * (at // 5)
        districts.append(
            {"LAD25CD": code, "LAD25NM": name, "geometry": mapping(box(west, south, west + 0.1, south + 0.1))}
        )
        for number in range(per_district):
            lsoa = f"E01{int(code[-4:]) % 1000:03d}{number:03d}"
            step = 0.1 / per_district
            square = mapping(box(west + step * number, south, west + step * (number + 1), south + 0.1))
            named = f"{name} 001{chr(65 + number % 26)}"
            lookup.append(
                {"LSOA11CD": lsoa, "LSOA11NM": named, "LSOA21CD": lsoa, "LSOA21NM": named, "CHGIND": "U",
                 "LAD22CD": code, "LAD22NM": name}
            )  # fmt: skip
            old.append({"LSOA11CD": lsoa, "LSOA11NM": named, "geometry": square})
            new.append({"LSOA21CD": lsoa, "LSOA21NM": named, "geometry": square})
            wards.append(
                {"WD25CD": f"E05{lsoa[3:]}", "WD25NM": f"{name} ward {number}", "LAD25CD": code, "LAD25NM": name,
                 "geometry": square}
            )  # fmt: skip
    return {
        FORCES_22: districts_to_forces("22", areas), FORCES_25: districts_to_forces("25", areas),
        LOOKUP: lookup, LSOA_11: old, LSOA_21: new, WARDS: wards, DISTRICTS: districts,
    }  # fmt: skip


# who serves them, and how badly


@dataclass
class Fault:
    """What is done to the next request in place of an answer, or to the next answer.

    ``status`` with ``headers`` is the whole answer; ``error`` stands in an answer of 200, as the service writes it;
    after ``cut_after`` bytes the connection is cut; ``page`` is given as a web page.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    error: tuple[int, str] | None = None
    cut_after: int | None = None
    page: str = ""


class OnsServer(LocalServer):
    """Serves layers. ``faults`` are taken one a request; ``always`` is done to each.

    ``most`` rows stand in an answer. ``flag_in`` says where a cut answer says so ("", "top" or "properties"); ``ordered``
    is False for a service that keeps no order; ``lose`` leaves out a row of each page; ``sends_to`` redirects elsewhere.
    """

    def __init__(
        self, layers: dict[str, list[Row]], *, sends_to: OnsServer | None = None, port: int = 0
    ) -> None:
        self.layers, self.sends_to = layers, sends_to
        self.most, self.flag_in, self.ordered, self.lose = 2000, "properties", True, False
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.seconds = 0.0
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.bytes_sent = 0
        self.before: Callable[[str], None] = lambda layer: None
        super().__init__(_Handler, "/arcgis/rest/services", port)

    def asked(self, layer: str) -> list[dict[str, str]]:
        """The questions that were asked of a layer."""
        return [given for name, given in self.requests if name == layer]

    def answer(self, layer: str, given: dict[str, str]) -> dict[str, Any]:
        """One answer of the service to a query."""
        if layer not in self.layers:
            return {"error": {"code": 400, "message": "Invalid URL", "details": ["Invalid URL"]}}
        fits = _condition(given.get("where", ""))
        rows = [row for row in self.layers[layer] if fits(row)]
        if given.get("returnCountOnly") == "true":
            return {"count": len(rows)}
        order = given.get("orderByFields", "")
        if order and self.ordered:
            rows.sort(key=lambda row: [row[name] for name in order.split(",")])
        else:
            random.Random(len(self.requests)).shuffle(rows)
        begin = int(given.get("resultOffset", "0"))
        count = min(self.most, int(given.get("resultRecordCount", self.most)))
        page, cut = rows[begin : begin + count], begin + count < len(rows)
        if self.lose and page:
            page = page[1:]
        geojson = given["f"] == "geojson"
        features = [
            {"type": "Feature", "properties": _attributes(row), "geometry": row["geometry"]}
            if geojson
            else {"attributes": _attributes(row)}
            for row in page
        ]
        answer: dict[str, Any] = {"features": features} | ({"type": "FeatureCollection"} if geojson else {})
        if cut and self.flag_in == "top":
            answer["exceededTransferLimit"] = True
        elif cut and self.flag_in:
            answer |= (
                {"properties": {"exceededTransferLimit": True}}
                if geojson
                else {"exceededTransferLimit": True}
            )
        return answer


def _attributes(row: Row) -> Row:
    return {"FID": 1} | {name: value for name, value in row.items() if name != "geometry"}


def _condition(where: str) -> Callable[[Row], bool]:
    """The conditions that are asked: all rows, or that one of some columns has one of some texts."""
    if where == "1=1":
        return lambda row: True
    wanted, left = {}, where
    while left:
        match = re.match(r"(?: OR )?(\w+) IN \(((?:'(?:[^']|'')*',?)+)\)", left)
        assert match, where
        texts = re.findall(r"'((?:[^']|'')*)'", match[2])
        wanted[match[1]] = {text.replace("''", "'") for text in texts}
        left = left[match.end() :]
    return lambda row: any(row.get(column) in values for column, values in wanted.items())


class _Handler(LocalHandler):
    server_of: OnsServer

    def _answer(self) -> None:
        server, parts = self.server_of, urlsplit(self.path)
        match = re.fullmatch(r"/arcgis/rest/services/(\w+)/FeatureServer/0/query", parts.path)
        layer = match[1] if match else ""
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        server.before(layer)
        server.requests.append((layer, given))
        fault = server.faults.pop(0) if server.faults else server.always or Fault()
        if server.seconds:
            time.sleep(server.seconds)
        if fault.status:
            return self._send(fault.status, b"", fault.headers)
        if server.sends_to:
            to = server.sends_to.address.removesuffix("/arcgis/rest/services") + self.path
            return self._send(302, b"", {"Location": to})
        if not match:
            return self._send(404, b"", {})
        if fault.page:
            return self._send(200, fault.page.encode(), {"Content-Type": "text/html; charset=utf-8"})
        answer = server.answer(layer, given)
        if fault.error:
            answer = {"error": {"code": fault.error[0], "message": fault.error[1], "details": []}}
        text = json.dumps(answer).encode()
        headers = {"Content-Type": "application/json"}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            text, headers = gzip.compress(text, 1), headers | {"Content-Encoding": "gzip"}
        return self._send(200, text, headers, fault.cut_after)

    def _send(self, status: int, text: bytes, headers: dict[str, str], cut_after: int | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(text)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text[:cut_after])
        self.server_of.bytes_sent += len(text[:cut_after])
        if cut_after is not None:
            self.wfile.flush()
            self.close_connection = True


def main() -> None:
    """Serve Cleveland's layers until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[3] / "shared")
    options = parser.parse_args()
    with OnsServer(real_layers(options.shared), port=options.port) as server:
        sys.stdout.write(f"TOWN_CENTRES_GEOGRAPHY={server.address}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
