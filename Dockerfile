# syntax=docker/dockerfile:1

# Node 24 on Debian 12, by version and by digest: the digest decides, the tag says what it is.
ARG NODE=node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${NODE}
WORKDIR /app
ENV NODE_ENV=production PLANWATCH_MODE=teams
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY src src
COPY cards cards
# It writes nothing beside an SQLite file, so the root file system can be read-only.
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# In this form SIGTERM reaches node itself.
CMD ["node", "src/index.ts"]
