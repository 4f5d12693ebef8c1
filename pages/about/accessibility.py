"""How can this dashboard be used by hand and by ear, and what falls short?"""

from pages.frame import documents, draw

draw.markdown(documents.accessibility())
