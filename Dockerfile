# syntax=docker/dockerfile:1

# ---- build: the SDK, with Node.js because the build fetches ONNX Runtime from npm ----
FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source

# What restore reads comes first: a change of code alone keeps these layers.
COPY .editorconfig global.json Directory.Build.props Directory.Packages.props NodeModules.targets package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY src/ src/
RUN dotnet publish src/Reasoner.Cli -c Release -r linux-x64 --self-contained false -o /app

# ---- run ----
FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/reasoner
COPY --from=build /app /opt/reasoner
COPY ontologies/ ontologies/
COPY rules/ rules/

# The image's own unprivileged user owns the data and nothing else.
RUN mkdir /var/lib/reasoner && chown "$APP_UID:$APP_UID" /var/lib/reasoner
VOLUME /var/lib/reasoner
USER $APP_UID

ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_EnableDiagnostics=0 \
    REASONER_DATA=/var/lib/reasoner
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://localhost:8080/health/live"]

ENTRYPOINT ["/opt/reasoner/reasoner"]
CMD ["serve", "--urls", "http://0.0.0.0:8080"]
