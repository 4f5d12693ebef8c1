"""Answers on the screen. No .py besides this one at this level: Streamlit would run it without app.py."""
