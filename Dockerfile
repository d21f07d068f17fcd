# One image for the web servers, the worker and the commands.

FROM python:3.13-slim-trixie AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# With typst, which sets letters as PDF; requirements.txt alone would do without.
COPY requirements-pdf.txt /tmp/
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --require-hashes --only-binary :all: -r /tmp/requirements-pdf.txt
WORKDIR /site
COPY . .
# These settings live for this step only; none is left in the image.
RUN /venv/bin/python -m dev.messages compile \
    && MODE=production SECRET_KEY=only-for-the-build-and-in-no-image-0123456789 \
       LASTING_KEY=only-for-the-build-and-in-no-image-0123456789 TRUSTED_PROXIES=none \
       ALLOWED_HOSTS=localhost DATABASE_URL=postgres://localhost/none \
       /venv/bin/python manage.py collectstatic --noinput \
    && rm -rf dev tests \
    && /venv/bin/python -m compileall -q .

FROM python:3.13-slim-trixie
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MODE=production DATA_DIR=/data
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent site \
    && install -d -o site -g site /data /data/media
COPY --from=build /venv /venv
COPY --from=build /site /site
WORKDIR /site
USER site
VOLUME /data
EXPOSE 8000
# By GET: some servers log every HEAD that has a body to leave out.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--no-control-socket", "--bind", "0.0.0.0:8000"]
