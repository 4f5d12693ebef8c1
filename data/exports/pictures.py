"""Pictures as files: what leaves the app for slides and print."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

QUICK = 3
"""Level of compression: half as slow as the usual 6, for a file a few per cent larger."""


def png_bytes(figure: Figure) -> bytes:
    """Return a figure as PNG, as many pixels wide and high as it was made for (a still map is 1,600 wide).

    The same figure gives the same bytes: no date and no version of a library is written into them.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    into = BytesIO()
    canvas: Any = FigureCanvasAgg(figure)  # matplotlib gives the types of half of its methods
    canvas.print_png(into, metadata={"Software": None}, pil_kwargs={"compress_level": QUICK})
    return into.getvalue()
