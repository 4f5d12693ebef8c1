# The dashboard for an office: see DEPLOY.md, which has the reason of each setting and how to run this.
# No container engine was at hand to build it; the same steps were run by hand in a fresh folder.
FROM python:3.11-slim

# Wheels of the versions that were tested and nothing built from source; no cache is left in the image.
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1
WORKDIR /app
COPY . .
RUN pip install --only-binary=:all: --constraint constraints.txt --editable ".[office]" \
    && python -m compileall -q analysis data pages app.py

# A user of its own that owns the store and the served map files, and none of the code.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin towns \
    && install -d -o towns -m 0700 /store \
    && install -d -o towns -m 0755 static/maps
USER towns

# HOME and Matplotlib's folder lie in /tmp, since nothing else may be written.
# From inside a container the outside is another address: it listens on all of them, and answers to names it is given.
ENV HOME=/tmp MPLCONFIGDIR=/tmp/matplotlib PYTHONDONTWRITEBYTECODE=1 \
    TOWN_CENTRES_STORE=/store \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 STREAMLIT_SERVER_PORT=8501 STREAMLIT_SERVER_HEADLESS=true
VOLUME /store
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://localhost:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py"]
