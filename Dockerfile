# One image for web, worker and beat; docker-compose.yml says which command each runs.
FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN python -m venv /opt/p2 \
    && /opt/p2/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/opt/p2/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=p2.settings \
    P2_VAR=/var/lib/p2 \
    STATIC_ROOT=/srv/p2-static \
    GRANIAN_INTERFACE=rsgi \
    GRANIAN_HTTP=1 \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BACKPRESSURE=4000 \
    GRANIAN_RUNTIME_MODE=mt \
    GRANIAN_RESPAWN_FAILED_WORKERS=true \
    GRANIAN_LOG_LEVEL=warning
RUN useradd --system --uid 1000 --home-dir /var/lib/p2 --create-home p2
COPY --from=packages /opt/p2 /opt/p2
WORKDIR /srv/p2
COPY manage.py ./
COPY p2 p2
COPY organizations organizations
COPY measures measures
COPY projects projects
COPY meetings meetings
COPY templates templates
COPY static static
COPY locale locale
# the key signs nothing: it lives for this one command
RUN SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(50))') python manage.py prepare --static-only
USER p2
VOLUME /var/lib/p2
EXPOSE 8000
HEALTHCHECK --interval=20s --timeout=5s --start-period=30s --retries=3 CMD ["python", "p2/run/probe.py"]
CMD ["python", "-m", "p2.run.web"]
