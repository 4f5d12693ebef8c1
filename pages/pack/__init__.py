"""What leaves the room: the pages' own answers as one pack of files, with a manifest of what they rest on.

`contents.py` has the values, `build.py` makes them of a desk and a selection, a file under `chapters/` is a page's part of
them, and each format is a writer of the same contents. Nothing here but `screen.py` knows Streamlit.
"""
