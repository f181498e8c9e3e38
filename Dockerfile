# genoview in a container: the dashboard, or with another command anything that `genoview` does.
# Not built yet: it was written where no container can be built. tests/test_repository.py checks
# what can be read off it (files, command, ports, user, volume). How to: docs/how-to/containers.md
FROM python:3.11-slim-bookworm

# cpu or cuda; how the container is given a GPU stands in compose.yaml.
ARG DEVICE=cpu
# Address of another index for PyTorch, such as its own of smaller CPU builds; empty: the usual one.
ARG TORCH_INDEX=""
ARG EXTRAS="serve,shelf"

# Chromium draws PNG and SVG files.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends chromium fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
    --requirement requirements.txt

COPY pyproject.toml README.md LICENSE NOTICE app.py ./
COPY .streamlit ./.streamlit
COPY assets ./assets
COPY pages ./pages
COPY genoview ./genoview
# Editable, since assets/ lies beside the package.
RUN pip install --no-cache-dir --no-build-isolation --editable ".[$EXTRAS]"

RUN useradd --create-home --uid 1000 genoview \
    && mkdir /data \
    && chown genoview /data
USER genoview

ENV GENOVIEW_DEVICE=$DEVICE \
    GENOVIEW_CACHE=/data/cache \
    GENOVIEW_CONFIG=/data/genoview.toml \
    GENOVIEW_MODELS=/data/models \
    OMP_WAIT_POLICY=PASSIVE
VOLUME /data
EXPOSE 8501 50051

CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.port", "8501", "--server.headless", "true"]
