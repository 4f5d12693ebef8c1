"""How can this dashboard be used by hand and by ear, and what falls short?"""

from pages.frame import documents, reference

reference.document(documents.accessibility())
