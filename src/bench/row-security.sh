#!/usr/bin/env bash
# Measures the cost of the role with least rights, with row-level security and a publication, compared with a superuser
# without either: two services on one server get the same new files in turn: row-security.sh [rows] [rounds]. The server is
# an installed PostgreSQL (PROGRAMS: its folder bin), with the write-ahead log that a publication needs. CPU time is that of
# all the server's processes. TRIGGER=off also removes the superuser's progress trigger.
set -euo pipefail
. "$(dirname "$0")/service.sh"
rows=${1:-200000}
rounds=${2:-3}
programs=${PROGRAMS:-$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)}
mapping='{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
[ -f "$jar" ] || (cd "$project" && ./mvnw -q -B package -DskipTests)
shapes=$project/src/test/resources/supabase
work=$(mktemp -d)
export PGHOST=127.0.0.1 PGPORT=${PGPORT:-$((port + 2))} PGUSER=postgres PGDATABASE=postgres PGOPTIONS='-c client_min_messages=warning'
services=()

as_server() { if [ "$(id -u)" = 0 ]; then (cd "$work" && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); else "$@"; fi; }
end() {
    for pid in "${services[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
    as_server "$programs/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap end EXIT
[ "$(id -u)" != 0 ] || chown postgres "$work"
as_server "$programs/initdb" -D "$work/data" -U postgres -A trust >/dev/null
as_server "$programs/pg_ctl" -D "$work/data" -w -l "$work/log" start \
    -o "-p $PGPORT -k $work -c listen_addresses=127.0.0.1 -c wal_level=logical -c max_wal_size=4GB -c shared_buffers=512MB" >/dev/null
sql() { psql -q -v ON_ERROR_STOP=1 "$@"; }
sql -f "$shapes/roles.sql" -c 'create database open' -c 'create database guarded owner project'
sql -d guarded -c 'alter schema public owner to project' -f "$shapes/project.sql"

url() { echo "jdbc:postgresql://127.0.0.1:$PGPORT/$1?user=$2"; }
run() { QUARKUS_DATASOURCE_JDBC_URL=$(url "$1" "$2") IMPORTONCE_AUTH=none QUARKUS_HTTP_PORT=$3 "${JAVA:-java}" $JAVA_OPTIONS -jar "$jar" "${@:4}"; }
run open postgres "$port" migrate | grep Schema
run guarded project "$port" migrate | grep Schema
[ "${TRIGGER:-on}" = on ] || sql -d open -c 'alter table import_chunks disable trigger importonce_count_done'
sql -d guarded -U project -f "$project/supabase-compat/create_service_role.sql" >/dev/null
run open postgres "$port" >"$work/open.log" 2>&1 & services+=($!)
run guarded importonce $((port + 1)) >"$work/guarded.log" 2>&1 & services+=($!)
for p in "$port" $((port + 1)); do
    for _ in $(seq 300); do curl -sf "http://127.0.0.1:$p/q/health/ready" >/dev/null && break; sleep 0.2; done
    curl -sf "http://127.0.0.1:$p/q/health/ready" >/dev/null || { cat "$work"/*.log; exit 1; }
done
postmaster=$(head -n 1 "$work/data/postmaster.pid")

# CPU time in milliseconds: of running processes, and, by the postmaster's counters, of those that have ended.
cpu() {
    { cat "/proc/$postmaster/stat" $(pgrep -P "$postmaster" | sed 's|.*|/proc/&/stat|') 2>/dev/null || true; } |
        awk -v tick="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); sum += $12 + $13; if (NR == 1) sum += $14 + $15} END {printf "%d\n", sum * 1000 / tick}'
}
# Prints elapsed milliseconds and CPU milliseconds: one <database> <port>.
one() {
    sql -c checkpoint
    local t c
    t=$(now) c=$(cpu)
    base=http://127.0.0.1:$2 import_file "$work/contacts.csv" "$mapping"
    echo "$(since "$t") $(($(cpu) - c))"
}

echo "round  open-ms  guarded-ms  ratio  open-cpu  guarded-cpu  ratio   ($rows rows; new, then the same again)"
: >"$work/times" && : >"$work/cpus"
for round in $(seq 0 "$rounds"); do
    java "$(dirname "$0")/Contacts.java" "$rows" "$((round * 7919 + RANDOM))" >"$work/contacts.csv"
    for database in open guarded; do sql -d "$database" -c 'truncate contacts'; done
    for kind in new again; do
        if ((round % 2)); then
            guarded=$(one guarded $((port + 1))) open=$(one open "$port")
        else
            open=$(one open "$port") guarded=$(one guarded $((port + 1)))
        fi
        # The first round warms up.
        ((round)) || continue
        echo "$open $guarded $kind" | awk -v r="$round" -v t="$work/times" -v c="$work/cpus" '{
            printf "%5d  %7d  %10d  %5.2f  %8d  %11d  %5.2f  %s\n", r, $1, $3, $3/$1, $2, $4, $4/$2, $5
            print $3/$1 >>t; print $4/$2 >>c}'
    done
done
echo "median ratio: time $(median <"$work/times"), CPU of the server $(median <"$work/cpus")"
sql -d guarded -At -c "select count(*) || ' connections as ' || string_agg(distinct usename::text, ', ') from pg_stat_activity where datname = 'guarded' and application_name <> 'psql'"
