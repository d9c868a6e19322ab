FROM denoland/deno:2.9.6

WORKDIR /app
COPY deno.json deno.lock ./
COPY api/deno.json api/
COPY api/backtests/report/page/deno.json api/backtests/report/page/
COPY core-wasm/deno.json core-wasm/
COPY migrations/deno.json migrations/
COPY workers/deno.json workers/
RUN deno install
COPY . .
RUN deno task build \
  && mkdir -p /data \
  && chown -R deno:deno /app /data "$DENO_DIR"

USER deno
ENV HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["deno", "eval", "const { ok } = await fetch('http://127.0.0.1:8000/ready'); Deno.exit(ok ? 0 : 1)"]

CMD ["deno", "task", "start"]
