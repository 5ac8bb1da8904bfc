# syntax=docker/dockerfile:1.7
# Two stages: packages are installed with their hashes in the first; the second holds no compiler and runs as nobody in particular.
# For patches of Python and Debian: --build-arg PYTHON_IMAGE=python:3.13-slim@sha256:…
ARG PYTHON_IMAGE=python:3.13.15-slim-trixie@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b
FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/creatorgraph
WORKDIR /src
COPY requirements.lock ./
RUN /opt/creatorgraph/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY scoring scoring
COPY graph graph
COPY simulation simulation
COPY api api
COPY web web
ENV CREATORGRAPH_CACHE=/opt/creatorgraph/cache
RUN /opt/creatorgraph/bin/python -m api.pages.ide.install \
 && /opt/creatorgraph/bin/python -m api.pages.explorer.install \
 && rm -rf "$CREATORGRAPH_CACHE/node" \
 && /opt/creatorgraph/bin/pip install --no-deps --no-build-isolation .

FROM ${PYTHON_IMAGE}
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin creatorgraph \
 && install -d -o creatorgraph -g creatorgraph -m 0700 /data
COPY --from=build /opt/creatorgraph /opt/creatorgraph
ENV PATH=/opt/creatorgraph/bin:$PATH PYTHONUNBUFFERED=1 CREATORGRAPH_HOME=/data CREATORGRAPH_CACHE=/opt/creatorgraph/cache
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=180s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["creatorgraph"]
CMD ["serve", "--host", "0.0.0.0"]
