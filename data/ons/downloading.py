"""One download of a force's lookup and outlines: fetched whole into a folder, then given to the importers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.model.english import listed
from analysis.model.errors import RefusedError
from analysis.model.ground import LOOKUP_COLUMNS
from data.alone import one_at_a_time
from data.areas import force_name
from data.damage import reading, writing
from data.download.planning import check_force, force_written
from data.download.service import Service, ServiceError, StoppedError
from data.geography import DISTRICTS_FILE, WARDS_FILE, read_held
from data.geography.geography_importer import LOOKUP_FILE
from data.ons import layers
from data.ons.asking import AGAIN_LATER, Layers, value_of
from data.ons.editions import HeldEdition, keep_editions, now, read_editions
from data.ons.fetching import Fetching, LayerRows, indicator_of
from data.ons.layers import Layer, Subject, geography_address
from data.ons.police_force_areas import WITHOUT_AREA, District, districts_of, read_districts
from data.ons.values import GeographyProgress, GeographyReport, GeographyRequest, Progress
from data.police_uk.report import SideReport
from data.store import Store
from data.workspace import workspace

LOCK = ".geography.lock"
_BUSY = "Another download of outlines into this store is running. Wait until it has finished, then ask again."


def download_geography(
    store: Store,
    request: GeographyRequest | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> GeographyReport:
    """Fetch lookup, LSOAs of both vintages, wards and districts of these forces, import them, and say what became of each.

    The layers lie under `data.ons.layers.geography_address`. ``progress`` is called from the caller's own thread; where
    ``cancel`` is set, from another thread, the report comes back with ``stopped`` and nothing held is changed. Pairs of
    the lookup held for other districts stay; wards and districts, which are replaced together, are fetched for the forces
    whose outlines are held, too. A layer that cannot be had is a sentence in the report. Raises RefusedError, with its
    sentence, for forces that there cannot be, where the service cannot be read at all, where the store cannot be written,
    and while another such download into it runs.
    """
    forces, address = _forces(store, request or GeographyRequest()), geography_address()
    run = _Download(store, forces, progress)
    with (
        writing(store.path),
        one_at_a_time(store.path / LOCK, _BUSY),
        Service(cancel or threading.Event(), run.tell, AGAIN_LATER) as service,
    ):
        run.service = service
        try:
            run.fetch(address)
        except StoppedError:
            return GeographyReport(forces, bytes_fetched=service.bytes_fetched, stopped=True)
        return run.import_all()


def _forces(store: Store, request: GeographyRequest) -> tuple[str, ...]:
    if not request.forces:
        held = () if store.is_demonstration else store.forces()
        forces = tuple(force for force in held if force not in WITHOUT_AREA)
        if not forces:
            raise RefusedError(
                "No force is named, and none with ground of its own is held. Name one: python -m data download-geography "
                "--force cleveland"
            )
        return forces
    forces = tuple(dict.fromkeys(map(force_written, request.forces)))
    for force in forces:
        check_force(force)
        if force in WITHOUT_AREA:
            raise RefusedError(
                f"{force_name(force)} has no police force area in England and Wales, so there is no ground of its own to "
                "fetch. Name the force whose ground it is."
            )
    return forces


class _Download:
    """The state of one download: what came, what did not, and how far it is."""

    service: Service

    def __init__(self, store: Store, forces: tuple[str, ...], progress: Progress | None) -> None:
        self._store, self._forces, self._progress = store, forces, progress
        self._drawn = forces
        self._layers: dict[str, LayerRows] = {}
        self._refused: list[str] = []
        self._subject: Subject | None = None
        self._begun = 0
        self._rows = (0, 0)
        self._importing = False

    # how far it is

    def tell(self) -> None:
        if self._progress is None:
            return
        self._progress(
            GeographyProgress(
                "importing" if self._importing else "fetching",
                self._subject.words if self._subject else "",
                max(0, self._begun - 1),
                len(layers.SUBJECTS),
                *self._rows,
                self.service.bytes_fetched,
            )
        )

    def _began(self, subject: Subject) -> None:
        self._subject, self._rows = subject, (0, 0)
        self._begun += 1
        self.tell()

    def _came(self, _: Layer, rows: int, wanted: int) -> None:
        self._rows = (rows, wanted)
        self.tell()

    # what is fetched

    def fetch(self, address: str) -> None:
        """Fetch every subject; what cannot be had is a sentence, and what rests on it is not asked for.

        Raises StoppedError, ServiceError, and RefusedError where no lookup of districts to forces can be had.
        """
        fetching = Fetching(Layers(self.service, address, self._came), self._began)
        latest = fetching.whole(layers.FORCES)
        districts = read_districts(latest.layer, latest.rows)
        own = districts_of(self._forces, districts, latest.layer)
        self._drawn = tuple(dict.fromkeys([*self._forces, *self._forces_drawn(districts)]))
        all_districts = (
            own if self._drawn == self._forces else districts_of(self._drawn, districts, latest.layer)
        )
        self._lsoas(fetching)
        for subject in (layers.WARDS, layers.DISTRICTS):
            self._try(partial(fetching.of_districts, subject, all_districts))
        if not self._layers:
            raise RefusedError(" ".join(self._refused))

    def _lsoas(self, fetching: Fetching) -> None:
        def lookup() -> LayerRows:
            then = fetching.whole(layers.FORCES_2022)
            then_districts = districts_of(self._forces, read_districts(then.layer, then.rows), then.layer)
            return fetching.joined_pairs(fetching.of_districts(layers.LOOKUP, then_districts))

        if not self._try(lookup):
            self._refused.append(
                "Without the lookup it is not known which LSOAs are the force’s, so none was fetched."
            )
            return
        pairs = self._layers["lookup"].rows
        for subject, column in ((layers.LSOAS_2011, "LSOA11CD"), (layers.LSOAS_2021, "LSOA21CD")):
            codes = sorted({value_of(row, column) for row in pairs})
            self._try(partial(fetching.of_codes, subject, codes))

    def _try(self, fetch: Callable[[], LayerRows]) -> bool:
        try:
            rows = fetch()
        except ServiceError:
            raise
        except RefusedError as problem:
            self._refused.append(str(problem))
            return False
        self._layers[rows.subject.key] = rows
        return True

    def _forces_drawn(self, districts: Sequence[District]) -> list[str]:
        """Return the forces whose wards or districts are held: those are replaced as a whole."""
        names: set[str] = set()
        for file in (WARDS_FILE, DISTRICTS_FILE):
            table = read_held(self._store.path / file, "the outlines")
            if table is not None:
                names |= set(table["district_name"].dropna())
        return sorted({each.force for each in districts if each.name in names})

    # what is imported

    def import_all(self) -> GeographyReport:
        """Give what came to the importers: the lookup first, so that outlines are joined by it."""
        self._importing, self._subject, self._rows = True, None, (0, 0)
        self.tell()
        root, before = self._store.path, read_editions(self._store.path)
        reports: list[SideReport] = []
        layers_held: list[LayerRows] = []
        with workspace("safe-town-centres-ons-") as folder:
            lookup = self._layers.pop("lookup", None)
            if lookup and self._import(
                partial(self._store.import_lookup, self._lookup_file(folder, lookup)), reports
            ):
                layers_held.append(lookup)
            outlines = list(self._layers.values())
            files = [_outline_file(folder, each) for each in outlines]
            if files and self._import(partial(self._store.import_geography, *files), reports):
                layers_held += outlines
        if layers_held:
            keep_editions(root, before, [self._edition(each) for each in layers_held])
        beside = [force_name(force) for force in self._drawn if force not in self._forces]
        remarks = (
            [f"Wards and districts are replaced together, so those of {listed(beside)} were fetched, too."]
            if beside
            else []
        )
        return GeographyReport(
            self._forces,
            tuple(reports),
            read_editions(root),
            tuple(remarks),
            tuple(self._refused),
            self.service.bytes_fetched,
        )

    def _import(self, take: Callable[[], SideReport], reports: list[SideReport]) -> bool:
        try:
            reports.append(take())
        except RefusedError as problem:
            self._refused.append(str(problem))
            return False
        return True

    def _edition(self, rows: LayerRows) -> HeldEdition:
        subject = rows.subject
        forces = self._drawn if subject.key in ("wards", "districts") else self._forces
        return HeldEdition(subject.key, rows.layer.name, len(rows.rows), forces, now(), subject.file)

    def _lookup_file(self, folder: Path, rows: LayerRows) -> Path:
        """Write the lookup as the ONS gives it for download, with the pairs held that were not fetched now."""
        pairs = [
            {name: value_of(row, name) for name in LOOKUP_COLUMNS} | {"CHGIND": indicator_of(row)}
            for row in rows.rows
        ]
        table = pd.DataFrame(pairs, columns=list(LOOKUP_COLUMNS))
        held = self._store.path / LOOKUP_FILE
        if held.exists():
            with reading(held, "the lookup"):
                before = pd.read_parquet(held)[list(LOOKUP_COLUMNS)]
            table = pd.concat([table, before]).drop_duplicates(["LSOA11CD", "LSOA21CD"], keep="first")
        path = folder / f"{rows.layer.name}.csv"
        table.to_csv(path, index=False)
        return path


def _outline_file(folder: Path, rows: LayerRows) -> Path:
    path = folder / f"{rows.layer.name}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows.rows}), encoding="utf-8")
    return path
