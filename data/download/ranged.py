"""Parts of one file of the service, for remotezip to read a zip from: a redirect followed once, changes noticed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from remotezip import PartialBuffer

from data.download.address import host_of
from data.download.service import AGAIN, GO_ON, GONE, PIECE, TROUBLE, Service, ServiceError, let_go

LARGEST_DIRECTORY = 64 * 2**20
"""Bytes that are read into memory at once: the list of the 20,000 files that an archive may have, many times over."""

UNREADABLE = 416
PART, WHOLE = 206, 200


class NotThereError(Exception):
    """There is no such file at the service."""


class ChangedError(Exception):
    """The file at the service is not the one that was begun: its list of files must be read anew."""


@dataclass(frozen=True)
class Range:
    """The first and last byte of an answer, both in, and the length of the whole file."""

    first: int
    last: int
    size: int


@dataclass
class RangedFile:
    """One file of the service: where its redirect led, how long it is, and by what a change of it is noticed.

    ``fetch`` is what remotezip asks of a fetcher (0.12), whose own takes the size for 0 behind a redirect, does not
    try again, and reads on in another file where it changed.
    """

    service: Service
    address: str
    size: int = 0
    mark: str = ""
    _target: str = field(default="", repr=False)
    _run_ends: dict[int, int] = field(default_factory=dict, repr=False)
    _run: Body | None = field(default=None, repr=False)

    def expect(self, parts: Iterable[tuple[int, int]]) -> None:
        """Take note of parts, each its first and last byte, that will be asked for in this order.

        Those that lie side by side, such as a force's files of one month, then come in one answer.
        """
        self._run_ends = {}
        following, end = -1, -1
        for first, last in reversed(list(parts)):
            end = end if last + 1 == following else last
            following = first
            self._run_ends[first] = end

    def rest(self) -> None:
        """Let go of an answer of which parts are still to be asked for: nothing will be for a while."""
        if self._run is not None:
            self._run.close()
            self._run = None

    def fetch(self, data_range: tuple[int, int | None], stream: bool = False) -> PartialBuffer:
        """Return a part of the file: from its first to its last byte; ``(-n, None)`` are its last n."""
        first, last = data_range
        if last is None:
            body: Body | Portion = self._end(-first)
        else:
            body = self._portion(first, last) if stream else self._part(first, last)
        if not stream and body.size > LARGEST_DIRECTORY:
            body.close()
            raise ServiceError(
                f"{self.name}: its list of files would have {body.size / 2**20:,.0f} MB, and a real one has under 1 MB. "
                "It was refused; nothing was changed."
            )
        return PartialBuffer(body, body.first, body.size, stream)

    @property
    def name(self) -> str:
        """The name of the file, as a sentence shows it."""
        return urlsplit(self.address).path.rsplit("/", 1)[-1]

    def _portion(self, first: int, last: int) -> Portion:
        """Return a part, out of the answer at hand where it goes on there."""
        if self._run is not None and not self._run.goes_on_at(first, last):
            self.rest()
        if self._run is None:
            self._run = self._part(first, max(last, self._run_ends.get(first, last)))
        self._run.skip_to(first)
        return Portion(self, self._run, first, last)

    def _part(self, first: int, last: int) -> Body:
        return Body(self, self.ask(f"bytes={first}-{last}"), first, last)

    def _end(self, length: int) -> Body:
        """Return the last bytes; where the service gives none by their number, its length is asked for first."""
        response = self.ask(f"bytes=-{length}", may_fail=True)
        if response.status_code == PART:
            given = _content_range(response)
            if given and given.last == given.size - 1:
                return Body(self, response, given.first, given.last)
        let_go(response)
        if not self.size:
            self.ask("bytes=0-0").close()
        return self._part(max(0, self.size - length), self.size - 1)

    def ask(self, wanted: str, *, may_fail: bool = False) -> requests.Response:
        """Return the answer with this part, its body still to be read, after as many tries as it takes.

        With ``may_fail`` an answer without the part is returned, too. Raises NotThereError, ChangedError, ServiceError.
        """
        tries, renewed = 0, False
        while True:
            tries += 1
            try:
                response = self._follow(wanted)
            except TROUBLE as trouble:
                self.service.wait(self._target or self.address, tries, trouble)
                continue
            if response.status_code in AGAIN:
                let_go(response)
                self.service.wait(self._target or self.address, tries, response)
            elif response.status_code in GONE and self.size and self._target and not renewed:
                let_go(response)
                self._target, renewed = (
                    "",
                    True,
                )  # where the service sent us may have run out: it is asked once more
            else:
                return self._taken(response, may_fail)

    def _follow(self, wanted: str) -> requests.Response:
        # a weak mark cannot say that two files are the same to the byte, and no service takes it here
        strong = self.mark and not self.mark.startswith("W/")
        headers = {"Range": wanted} | ({"If-Range": self.mark} if strong else {})
        at = self._target or self.address
        response, led_to = self.service.follow(at, headers, self.address)
        self._target = "" if led_to == self.address else led_to
        return response

    def _taken(self, response: requests.Response, may_fail: bool) -> requests.Response:
        status = response.status_code
        if status == PART:
            return self._same(response)
        if status in GONE:
            let_go(response)
            raise NotThereError
        if self.mark and (status == UNREADABLE or (status == WHOLE and _mark(response) != self.mark)):
            let_go(response)
            raise ChangedError
        if may_fail:
            return response
        let_go(response)
        what = "whole files only" if status == WHOLE else f"{status} {response.reason or ''}".rstrip()
        raise ServiceError(
            f"{host_of(response.url)} gave {what} where a part of {self.name} was asked for. A proxy may stand between: "
            "download the archive by hand, and import it."
        )

    def _same(self, response: requests.Response) -> requests.Response:
        """Return an answer with a part, once it is sure to be of the file that was begun."""
        given, mark = _content_range(response), _mark(response)
        if given is None or given.last < given.first:
            let_go(response)
            raise ServiceError(
                f"{host_of(response.url)} did not say which part of {self.name} it gave. {GO_ON}"
            )
        if self.size and (given.size != self.size or mark != self.mark):
            let_go(response)
            raise ChangedError
        self.size, self.mark = given.size, mark
        return response


class Body:
    """The bytes of a part, read in order; a connection that is cut is taken up again at the byte where it was cut."""

    def __init__(self, file: RangedFile, response: requests.Response, first: int, last: int) -> None:
        self._file, self._response = file, response
        self.first, self._last, self._at = first, last, first
        self._tries = 0
        self.closed = False
        self._check_start()

    @property
    def size(self) -> int:
        """Bytes of the part."""
        return self._last - self.first + 1

    def tell(self) -> int:
        """Return how many bytes of the part were read."""
        return self._at - self.first

    def goes_on_at(self, first: int, last: int) -> bool:
        """Return whether these bytes are still to come, the first of them at once or after a little that nobody asks for."""
        return not self.closed and self._at <= first <= self._at + PIECE and last <= self._last

    def ends_with(self, last: int) -> bool:
        """Return whether this is the last byte of the part."""
        return last == self._last

    def skip_to(self, first: int) -> None:
        """Read up to a byte of the file."""
        self.read(first - self._at)

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, fewer only at the end of the part. Raises as `RangedFile.ask` does."""
        left = self._last + 1 - self._at
        wanted = left if size < 0 else min(size, left)
        pieces = bytearray()
        while len(pieces) < wanted:
            pieces += self._piece(min(PIECE, wanted - len(pieces)))
        return bytes(pieces)

    def _piece(self, most: int) -> bytes:
        trouble: BaseException = EOFError()
        try:
            piece: bytes = self._response.raw.read1(most)
        except TROUBLE as problem:
            piece, trouble = b"", problem
        if piece:
            self._tries = 0
            self._at += len(piece)
            self._file.service.count(len(piece))
            return piece
        self._response.close()
        self._tries += 1
        cut = trouble if isinstance(trouble, TROUBLE) else OSError("IncompleteRead")
        self._file.service.wait(self._file.address, self._tries, cut)
        self._response = self._file.ask(f"bytes={self._at}-{self._last}")
        self._check_start()
        return b""

    def _check_start(self) -> None:
        given = _content_range(self._response)
        if given is None or given.first != self._at:
            self.close()
            raise ServiceError(
                f"{host_of(self._response.url)} gave another part of {self._file.name} than was asked for. {GO_ON}"
            )

    def close(self) -> None:
        """Let the connection go; what little is left of the part is read first, so that it can be used again."""
        if not self.closed:
            self.closed = True
            let_go(self._response, self._last + 1 - self._at)


class Portion:
    """One part of an answer that has several, read in order; the answer stays open for the next."""

    def __init__(self, file: RangedFile, run: Body, first: int, last: int) -> None:
        self._file, self._run = file, run
        self.first, self.last, self.size = first, last, last - first + 1
        self._read = 0
        self.closed = False

    def tell(self) -> int:
        """Return how many bytes of the part were read."""
        return self._read

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, fewer only at the end of the part. Raises as `RangedFile.ask` does."""
        left = self.size - self._read
        whole = False
        try:
            content = self._run.read(left if size < 0 else min(size, left))
            whole = True
        finally:
            if not whole:  # what is asked for next begins with an answer of its own
                self._file.rest()
        self._read += len(content)
        return content

    def close(self) -> None:
        """Leave the rest of the part to whoever asks for the next one, and let the answer go where there is none."""
        if not self.closed:
            self.closed = True
            if self._run.ends_with(self.last):
                self._file.rest()


def _content_range(response: requests.Response) -> Range | None:
    match = re.fullmatch(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})", response.headers.get("Content-Range", ""))
    return Range(int(match[1]), int(match[2]), int(match[3])) if match else None


def _mark(response: requests.Response) -> str:
    """Return by what a change is noticed: the ETag, else the time of the last change."""
    return response.headers.get("ETag") or response.headers.get("Last-Modified", "")
