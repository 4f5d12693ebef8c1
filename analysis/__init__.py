"""Tables into answers. Pure: no files, no clock, no environment, no Streamlit."""
