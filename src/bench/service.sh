# Sourced by the benchmarks: starts the packaged service with its own data folder, and ends it again.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jar=$project/target/quarkus-app/quarkus-run.jar
port=${PORT:-8470}
base=http://127.0.0.1:$port
# As in all start commands: a process that is out of memory ends
JAVA_OPTIONS="-XX:+ExitOnOutOfMemoryError ${JAVA_OPTIONS:-}"

start_service() {
    [ -f "$jar" ] || (cd "$project" && ./mvnw -q -B package -DskipTests)
    work=$(mktemp -d)
    trap stop_service EXIT
    QUARKUS_HTTP_PORT=$port IMPORTONCE_DATA_DIR=$work/data "${JAVA:-java}" $JAVA_OPTIONS -jar "$jar" >"$work/service.log" 2>&1 &
    service=$!
    until_it_serves
    # Line 4 of postmaster.pid is the server's port: psql works on the same server as the service.
    export PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres PGPORT PGPASSWORD
    PGPORT=$(sed -n 4p "$work/data/postgresql/postmaster.pid")
    PGPASSWORD=$(sed -n 's/^\*:\*:\*:postgres://p' "$work/data/pgpass")
}

# Starts a native binary instead of the service, which keeps running without workers, for its PostgreSQL.
start_native() {
    IMPORTONCE_WORKERS=0 start_service
    server=$service
    [ -n "${SUPABASE_JWT_SECRET:-}" ] || export IMPORTONCE_AUTH=none
    base=http://127.0.0.1:$((port + 1))
    QUARKUS_HTTP_PORT=$((port + 1)) QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$PGPORT/postgres \
        QUARKUS_DATASOURCE_USERNAME=postgres QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD "$1" $JAVA_OPTIONS >"$work/service.log" 2>&1 &
    service=$!
    until_it_serves
}

# Starts BEFORE, another quarkus-run.jar, if it is set, in addition to the service: without workers, on the same database, at
# the next port.
start_before() {
    [ -n "${BEFORE:-}" ] || return 0
    before_base=http://127.0.0.1:$((port + 1))
    QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$PGPORT/postgres QUARKUS_DATASOURCE_USERNAME=postgres \
        QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD IMPORTONCE_AUTH=none QUARKUS_HTTP_PORT=$((port + 1)) IMPORTONCE_WORKERS=0 \
        "${JAVA:-java}" $JAVA_OPTIONS -jar "$BEFORE" >"$work/before.log" 2>&1 &
    before=$!
    until curl -sf "$before_base/q/health/ready" >/dev/null; do sleep 0.2; kill -0 "$before"; done
}

# The program to measure: BINARY, a native binary, or otherwise the Java package.
start_binary_or_java() {
    if [ -n "${BINARY:-}" ]; then start_native "$BINARY"; else start_service; fi
}

until_it_serves() {
    for _ in $(seq 200); do
        curl -sf "$base/q/health/ready" >/dev/null && return
        kill -0 "$service" 2>/dev/null || break
        sleep 0.2
    done
    cat "$work/service.log"
    exit 1
}

stop_service() {
    # The end by a signal is not a failure. The service that provides PostgreSQL for a native binary, or for BEFORE, ends
    # afterwards.
    for process in ${before:-} ${service:-} ${server:-}; do kill "$process" 2>/dev/null && wait "$process" 2>/dev/null || true; done
    # KEEP_LOG: where to keep the service's log, which can explain an outlier.
    [ -z "${KEEP_LOG:-}" ] || cp "$work/service.log" "$KEEP_LOG" || true
    rm -rf "$work"
}

now() { date +%s%N; }

# Milliseconds since a time that now() gave.
since() { echo $((($(now) - $1) / 1000000)); }

median() { sort -n | awk '{v[NR]=$1} END {print NR % 2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }

# Imports a file and waits for its end: import_file <file> <mapping>. One program waits for one answer, since polling would
# take an eighth of this machine's CPU time from the measured work.
import_file() {
    last_job=$(curl -sS -f -X POST -H 'Content-Type: application/octet-stream' -H 'Expect:' -T "$1" --url-query "mapping=$2" \
        "$base/api/migrations/run" | sed 's/.*"jobId":"\([^"]*\)".*/\1/')
    curl -sS -f -N "$base/api/migrations/$last_job/events" | tail -n 2 | grep -q '"status":"completed"' ||
        { echo "job $last_job did not complete" >&2; return 1; }
}

# A folder with packages of npm and scripts of this one that use them, $npm: npm_folder "<package@version…>" <script…>
npm_folder() {
    local packages=$1
    shift
    npm=$work/npm
    mkdir "$npm"
    (cd "$project/src/bench" && cp "$@" "$npm")
    # shellcheck disable=SC2086 # one word each
    (cd "$npm" && npm install --no-audit --no-fund --loglevel=error $packages >"$work/npm.log" 2>&1) || { cat "$work/npm.log"; exit 1; }
}
