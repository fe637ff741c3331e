#!/usr/bin/env bash
# From exec to the first 202 of a small import, and the memory (RSS) at that moment, median of 20, each started once a
# round on the same database: the native binary, the Java package with an AOT cache (JDK 25) or AppCDS (JDK 17) and
# plain, and a minimal Node service (fastify and pg) that runs the same statements: cold-start.sh [rounds].
# JAVA17, JAVA25: Java homes; what is not there is left out with a line that says so.
# BEFORE: another native binary, to be compared with in the same run.
set -euo pipefail
. "$(dirname "$0")/service.sh"
bench=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-20}
binary=$(ls "$project"/target/importonce-*-runner 2>/dev/null | head -1 || true)
JAVA17=${JAVA17:-$(ls -d /usr/lib/jvm/*17*-amd64 2>/dev/null | tail -1 || true)}
JAVA25=${JAVA25:-$(ls -d /usr/lib/jvm/*25* 2>/dev/null | head -1 || true)}

IMPORTONCE_WORKERS=0 start_service
export DATABASE_URL=postgres://postgres:$PGPASSWORD@127.0.0.1:$PGPORT/postgres
jdbc="\"QUARKUS_DATASOURCE_JDBC_URL\": \"jdbc:postgresql://127.0.0.1:$PGPORT/postgres\", \"QUARKUS_DATASOURCE_USERNAME\": \"postgres\", \"QUARKUS_DATASOURCE_PASSWORD\": \"$PGPASSWORD\", \"IMPORTONCE_AUTH\": \"none\", \"IMPORTONCE_WORKERS\": \"0\""
contenders=()

# contender <name> <environment as JSON members> <command…>
contender() {
    local name=$1 env=$2 command
    shift 2
    command=$(printf '"%s",' "$@")
    contenders+=("{\"name\": \"$name\", \"env\": {$env}, \"command\": [${command%,}]}")
}

# Starts it, lets it answer one import and ends it, so that it writes down what it has loaded: train <command…>
train() {
    QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$PGPORT/postgres QUARKUS_DATASOURCE_USERNAME=postgres \
        QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD IMPORTONCE_AUTH=none IMPORTONCE_WORKERS=0 QUARKUS_HTTP_PORT=$((port + 1)) "$@" >"$work/train.log" 2>&1 &
    local trained=$!
    until curl -sf "http://127.0.0.1:$((port + 1))/q/health/ready" >/dev/null; do sleep 0.2; kill -0 $trained; done
    curl -sf -o "$work/train.json" -H 'Content-Type: text/csv' --data-binary $'email\ntrained@example.com\n' \
        --url-query 'mapping={"target":"contacts","fields":{"email":"email"}}' "http://127.0.0.1:$((port + 1))/api/migrations/run"
    kill $trained
    wait $trained || true
}

npm_folder "fastify@5 pg@8" peer.mjs
contender Node "\"DATABASE_URL\": \"$DATABASE_URL\", \"NODE_ENV\": \"production\"" "${NODE:-node}" "$npm/peer.mjs"

if [ -n "$binary" ]; then contender native "$jdbc" "$binary"; else echo "NOT MEASURED: no native binary (./mvnw package -Dnative)"; fi
[ -z "${BEFORE:-}" ] || contender "native before" "$jdbc" "$BEFORE"
if [ -x "$JAVA25/bin/java" ]; then
    JAVA_HOME=$JAVA25 "$project/mvnw" -q -B -f "$project/pom.xml" package -DskipTests -Dspotless.check.skip \
        -Dquarkus.package.jar.type=aot-jar -Dquarkus.package.output-directory=cold-start
    aot=$project/target/cold-start
    # As the container image starts it (deploy/container).
    options=(-XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTAdapterCaching -XX:-UsePerfData)
    train "$JAVA25/bin/java" "${options[@]}" "-XX:AOTCacheOutput=$work/app.aot" -jar "$aot/quarkus-run.jar"
    contender "JVM 25, AOT cache" "$jdbc" "$JAVA25/bin/java" "${options[@]}" "-XX:AOTCache=$work/app.aot" -jar "$aot/quarkus-run.jar"
    contender "JVM 25" "$jdbc" "$JAVA25/bin/java" -XX:+ExitOnOutOfMemoryError -jar "$jar"
else
    echo "NOT MEASURED: no JDK 25 (JAVA25)"
fi
if [ -x "$JAVA17/bin/java" ]; then
    train "$JAVA17/bin/java" "-XX:ArchiveClassesAtExit=$work/app.jsa" -jar "$jar"
    contender "JVM 17, AppCDS" "$jdbc" "$JAVA17/bin/java" "-XX:SharedArchiveFile=$work/app.jsa" -XX:+ExitOnOutOfMemoryError -jar "$jar"
    contender "JVM 17" "$jdbc" "$JAVA17/bin/java" -XX:+ExitOnOutOfMemoryError -jar "$jar"
else
    echo "NOT MEASURED: no JDK 17 (JAVA17)"
fi

(IFS=,; echo "[${contenders[*]}]") >"$work/contenders.json"
echo "$(nproc) cores, PostgreSQL $(psql -At -c 'show server_version'), Node $("${NODE:-node}" --version), median of $rounds"
"${NODE:-node}" "$bench/cold-start.mjs" "$rounds" "$work/contenders.json"
