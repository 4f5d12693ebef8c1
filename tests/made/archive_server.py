"""The archive service on this machine: monthly archives laid out as police.uk's, and every fault that a server may have.

    python -m tests.made.archive_server FOLDER [--port 8765]

makes three editions in a folder, Cleveland's files the real ones, and serves them; set ``TOWN_CENTRES_ARCHIVE`` to the
address that it prints. No test goes to a network: the service itself can be reached from no machine that runs them.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from data.police_uk.file_names import OWN_NAMES
from tests.made.local_server import LocalHandler, LocalServer

FORCES = tuple(OWN_NAMES)
KINDS = ("outcomes", "stop-and-search", "street")
FILLER = {"street": 280_000, "outcomes": 230_000, "stop-and-search": 20_000}
"""Bytes of other forces' files, so that Cleveland's are about 2% of an archive."""

PIECE = 2**16
STAMP = (2024, 8, 1, 0, 0, 0)


# what is served: archives


def real_files(shared: Path) -> dict[str, bytes]:
    """Cleveland's real files by their names in an archive: January 2022 to June 2024, without December 2022."""
    files: dict[str, bytes] = {}
    for name in ("cleveland-2022-01-to-2022-06.zip", "cleveland-2022-07-to-2024-06.zip"):
        with zipfile.ZipFile(shared / "real" / name) as archive:
            files |= {
                member: archive.read(member) for member in archive.namelist() if member.endswith(".csv")
            }
    return files


def months_of(release: str) -> list[str]:
    """The 36 months of an archive."""
    last = pd.Period(release, freq="M")
    return [str(month) for month in pd.period_range(last - 35, last, freq="M")]


@cache
def _packed(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


@cache
def _crc_of_nothing(size: int) -> int:
    return zlib.crc32(bytes(size))


def write_edition(
    target: Path, release: str, files: Mapping[str, bytes], forces: Iterable[str] = FORCES
) -> None:
    """Write an archive: these files packed, and of all other forces filler that takes no room on the disk.

    Filler is zeros that are not packed, left as holes in the file. Members stand in the service's order.
    """
    own = {
        name.split("/")[1][8:].rsplit("-street")[0].rsplit("-outcomes")[0].rsplit("-stop-")[0]
        for name in files
    }
    span = months_of(release)
    with zipfile.ZipFile(target, "w") as archive:
        names = [name for name in files if name[:7] in span]
        names += [
            f"{month}/{month}-{force}-{kind}.csv"
            for month in span for force in forces if force not in own for kind in KINDS
        ]  # fmt: skip
        for name in sorted(names):
            content = files.get(name)
            info = zipfile.ZipInfo(name, STAMP)
            info.header_offset = archive.fp.tell()
            if content is None:
                info.file_size = info.compress_size = FILLER[next(kind for kind in KINDS if kind in name)]
                info.CRC = _crc_of_nothing(info.file_size)
                archive.fp.write(info.FileHeader(zip64=False))
                archive.fp.seek(info.file_size, 1)
            else:
                info.compress_type, packed = zipfile.ZIP_DEFLATED, _packed(content)
                info.file_size, info.compress_size = len(content), len(packed)
                info.CRC = zlib.crc32(content)
                archive.fp.write(info.FileHeader(zip64=False) + packed)
            archive.filelist.append(info)
            archive.NameToInfo[name] = info
        archive.start_dir = archive.fp.tell()
        archive._didModify = True


CUT = ("2023-03/2023-03-cleveland-street.csv", 200)
LACKING = "2024-02/2024-02-cleveland-outcomes.csv"


def write_three_editions(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write releases 2024-06 (newest: a month cut to 200 rows, another left out), 2024-05 and 2022-06."""
    newest = dict(files)
    name, rows = CUT
    newest[name] = b"".join(newest[name].splitlines(keepends=True)[: rows + 1])
    del newest[LACKING]
    write_edition(folder / "2024-06.zip", "2024-06", newest)
    write_edition(folder / "2024-05.zip", "2024-05", files)
    write_edition(folder / "2022-06.zip", "2022-06", files)
    (folder / "latest.zip").symlink_to("2024-06.zip")


# who serves it, and how badly


@dataclass
class Fault:
    """What is done to the next request for a file, instead of or beside an answer.

    ``status`` with ``headers`` is the whole answer; ``cut_after`` bytes the connection is cut; ``said`` more bytes are
    announced than there are; ``size`` is said to be the file's length.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    said: int = 0
    size: int | None = None


class ArchiveServer(LocalServer):
    """Serves a folder under /archive. ``faults`` are taken one a request, in order; the rest is as it is set.

    ``at_once`` and ``bytes_a_second`` make it slow. With ``storage`` it redirects to that server.
    """

    def __init__(self, folder: Path, *, storage: ArchiveServer | None = None, port: int = 0) -> None:
        self.folder, self.storage = folder, storage
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.suffix_ranges = self.ranges = True
        self.etags: dict[str, str] = {}
        self.weak = False
        self.bytes_a_second = 0
        self.requests: list[tuple[str, str, str]] = []
        self.connections = 0
        self.bytes_sent = 0
        self.before: Any = lambda path: None
        super().__init__(_Handler, "/archive", port)

    def asked(self, name: str) -> list[str]:
        """The ranges that were asked of a file."""
        return [wanted for _, path, wanted in self.requests if path.endswith(name)]


class _Handler(LocalHandler):
    server_of: ArchiveServer

    def setup(self) -> None:
        super().setup()
        self.server_of.connections += 1

    def do_HEAD(self) -> None:  # noqa: N802  (the name is http.server's)
        """Answer as the service does: with a redirect and no length of the file."""
        self._answer()

    def _answer(self) -> None:
        server, wanted = self.server_of, self.headers.get("Range", "")
        server.before(self.path)
        server.requests.append((self.command, self.path, wanted))
        fault = server.faults.pop(0) if server.faults else server.always or Fault()
        if fault.status:
            return self._plain(fault.status, fault.headers)
        if server.storage:
            to = server.storage.address.removesuffix("/archive") + self.path
            return self._plain(302, {"Location": to})
        file = server.folder / self.path.rsplit("/", 1)[-1]
        if not file.is_file():
            return self._plain(404, {})
        return self._file(file, wanted, fault)

    def _plain(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _file(self, file: Path, wanted: str, fault: Fault) -> None:
        server, stat = self.server_of, file.stat()
        tag = server.etags.get(file.name, f'"{stat.st_ino}-{stat.st_size}-{stat.st_mtime_ns}"')
        tag = f"W/{tag}" if server.weak else tag
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted)
        if_range = self.headers.get("If-Range")
        whole = not server.ranges or not asked or (if_range is not None and if_range != tag)
        suffix = asked is not None and not asked[1]
        if suffix and not server.suffix_ranges:
            return self._plain(416, {"Content-Range": f"bytes */{stat.st_size}"})
        first, last = 0, stat.st_size - 1
        if not whole and asked:
            first = max(0, stat.st_size - int(asked[2])) if suffix else int(asked[1])
            last = min(last, int(asked[2])) if asked[2] and not suffix else last
            if first > last:
                return self._plain(416, {"Content-Range": f"bytes */{stat.st_size}"})
        self.send_response(200 if whole else 206)
        self.send_header("Content-Length", str(last - first + 1 + fault.said))
        self.send_header("ETag", tag)
        self.send_header("Accept-Ranges", "bytes")
        if not whole:
            size = stat.st_size if fault.size is None else fault.size
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.end_headers()
        if self.command == "GET":
            self._send(file, first, last - first + 1, fault)
        return None

    def _send(self, file: Path, first: int, left: int, fault: Fault) -> None:
        server, sent = self.server_of, 0
        stops = left if fault.cut_after is None else min(left, fault.cut_after)
        with file.open("rb") as stream:
            stream.seek(first)
            while sent < stops:
                piece = stream.read(min(PIECE, stops - sent))
                self.wfile.write(piece)
                sent += len(piece)
                server.bytes_sent += len(piece)
                if server.bytes_a_second:
                    time.sleep(len(piece) / server.bytes_a_second)
        if fault.said or stops < left:
            self.wfile.flush()
            self.close_connection = True


@contextlib.contextmanager
def redirecting(folder: Path) -> Iterator[tuple[ArchiveServer, ArchiveServer]]:
    """Give the service and the storage host that it redirects to, on another port."""
    with ArchiveServer(folder) as storage, ArchiveServer(folder, storage=storage) as service:
        yield service, storage


def main() -> None:
    """Make three editions and serve them until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--bytes-a-second", type=int, default=0)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[3] / "shared")
    options = parser.parse_args()
    if not (options.folder / "latest.zip").exists():
        options.folder.mkdir(parents=True, exist_ok=True)
        write_three_editions(options.folder, real_files(options.shared))
    with ArchiveServer(options.folder) as storage:
        storage.bytes_a_second = options.bytes_a_second
        with ArchiveServer(options.folder, storage=storage, port=options.port) as service:
            sys.stdout.write(f"TOWN_CENTRES_ARCHIVE={service.address}\n")
            sys.stdout.flush()
            with contextlib.suppress(KeyboardInterrupt):
                threading.Event().wait()


if __name__ == "__main__":
    main()
