# The program `warehouse` in a container; docker-compose.yml starts it with everything around it.
#
#   docker build --tag comic-warehouse:cpu .                        PyTorch's CPU build
#   docker build --tag comic-warehouse:gpu --build-arg TORCH=gpu .  the usual wheel, which brings CUDA: some GB more

ARG PYTHON=3.11

FROM python:${PYTHON}-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/warehouse
ENV PATH=/opt/warehouse/bin:$PATH
WORKDIR /source

# From what is large and changes seldom to what is small and changes often: new code installs no library again.
COPY constraints.txt ./
ARG TORCH=cpu
RUN --mount=type=cache,target=/root/.cache/pip \
    if [ "$TORCH" = cpu ]; then \
        pip install --no-deps --constraint constraints.txt --index-url https://download.pytorch.org/whl/cpu torch torchvision; \
    fi

COPY pyproject.toml ./
RUN --mount=type=cache,target=/root/.cache/pip \
    python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' \
        > requirements.txt \
    && pip install --constraint constraints.txt --requirement requirements.txt

COPY README.md LICENSE ./
COPY migrations migrations
COPY sql sql
COPY models models
COPY workers workers
COPY warehouse warehouse
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install --no-deps . && pip check


FROM python:${PYTHON}-slim-bookworm

# What reads RAR and 7z.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libarchive13 unar \
    && rm -rf /var/lib/apt/lists/*

RUN groupadd --gid 10001 warehouse \
    && useradd --uid 10001 --gid warehouse --create-home --home-dir /var/lib/warehouse --shell /usr/sbin/nologin warehouse

COPY --from=build /opt/warehouse /opt/warehouse
ENV PATH=/opt/warehouse/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WAREHOUSE_HOME=/var/lib/warehouse

# By number, so that a platform can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/warehouse

# No HEALTHCHECK: most commands come to an end.  That of a worker is in docker-compose.yml.
ENTRYPOINT ["warehouse"]
CMD ["--help"]
