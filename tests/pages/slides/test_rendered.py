"""Slides as LibreOffice opens them: every one of them a page, and a picture to be looked at in tests/artefacts."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from PIL import Image, ImageChops

from tests.conftest import PROJECT
from tests.made import slides_read

FOLDER = PROJECT / "tests" / "artefacts" / "slides"


@pytest.mark.parametrize("which", ["invented", "real"])
def test_every_slide_is_a_page_with_something_on_it(request, written, tmp_path, which):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (Debian's libreoffice-impress-nogui) is not installed")
    pypdfium2 = pytest.importorskip("pypdfium2")
    deck = written(request.getfixturevalue(which), which)
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            deck,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    slides = len(slides_read.opened(deck).slides)
    into = FOLDER / which
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    with pypdfium2.PdfDocument(tmp_path / f"{which}.pdf") as pdf:
        assert len(pdf) == slides
        for at in range(slides):
            picture = pdf[at].render(scale=1.0).to_pil()
            picture.save(into / f"{at + 1:02}.png")
            assert abs(picture.width * 9 - picture.height * 16) <= 16  # a pixel is rounded up
            empty = Image.new(picture.mode, picture.size, picture.getpixel((picture.width // 2, 2)))
            assert ImageChops.difference(picture, empty).getbbox() is not None
