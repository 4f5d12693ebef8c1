"""The pack as slides: the review's own, in its order, brought up to date from the contents of a pack.

`plan.py` makes slides as values, `fit.py` parts those that are too full, `paint.py` and `charts.py` draw them into a template
with python-pptx, and `saved.py` writes the same bytes for the same slides.
"""

from pages.pack.slides.write import write

__all__ = ["write"]
