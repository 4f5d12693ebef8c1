"""What do the words mean?"""

from analysis.drawing import glossary
from pages.frame import draw, reference, terms, widgets

draw.question("What do the words mean?")

sought = widgets.sought("Find a word")
reference.terms(glossary.found(sought, terms.all_terms()), sought)
draw.notes(
    [
        "Where a word has dots under it, its meaning is shown on hover, on focus by the Tab key, or by a tap.",
        "How each figure is made, and how far it can be trusted, stands under About / Methods.",
    ]
)
