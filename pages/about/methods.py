"""How is each figure made, and how sure can one be of it?"""

from pages.shell import page, tables

page.markdown(tables.document("METHODS.md"))
