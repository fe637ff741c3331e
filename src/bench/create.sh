#!/usr/bin/env bash
# Submits per second compared with pgbench, which runs the same statements on the same server, 32 connections each, in the
# same run: create.sh [seconds] [rounds]. Files of three rows, all different and all the same; the workers are off.
# BEFORE=<other quarkus-run.jar> also measures that version on the same database.
set -euo pipefail
. "$(dirname "$0")/service.sh"
bench=$(cd "$(dirname "$0")" && pwd)
seconds=${1:-10}
rounds=${2:-3}
pgbench=${PGBENCH:-$(ls /usr/lib/postgresql/*/bin/pgbench 2>/dev/null | tail -1)}
export MAPPING='%7B%22target%22%3A%22contacts%22%2C%22fields%22%3A%7B%22email%22%3A%22email%22%2C%22firstName%22%3A%22first_name%22%7D%7D'
before=

# submits different|same <port> <seconds>
submits() {
    SAME=$([ "$1" = same ] && echo 1 || echo 0) START=$RANDOM$RANDOM \
        wrk -t2 -c32 -d"$3s" --timeout 10s -s "$bench/submit.lua" "http://127.0.0.1:$2" >"$work/wrk.log"
    awk '/^rate/ {if ($6 > 0) {print "errors: " $6 > "/dev/stderr"; exit 1} print $2}' "$work/wrk.log"
}

# statements different|same <seconds>
statements() {
    "${pgbench:-pgbench}" -n -M extended -c32 -j2 -T"$2" -Dbase="$base_key" -f "$bench/submit-$1.sql" >"$work/pgbench.log" 2>&1 || { head -5 "$work/pgbench.log" >&2; return 1; }
    awk '/^tps/ {printf "%.0f\n", $3}' "$work/pgbench.log"
}

IMPORTONCE_WORKERS=0 start_service
start_before
for file in different same; do
    submits $file "$port" "$seconds" >/dev/null
    [ -z "$before" ] || submits $file $((port + 1)) "$seconds" >/dev/null
done
base_key=$(psql -At -c 'select base_idempotency_key from migration_jobs order by duplicate_requests desc limit 1')

echo "$(psql -At -c 'show server_version'), $(nproc) cores, 32 connections, $seconds s each, per second"
echo "files      round  submits  pgbench  ratio$([ -z "$before" ] || echo '   before  submits/before')"
for round in $(seq "$rounds"); do
    for file in different same; do
        psql -q -c checkpoint
        s=$(submits $file "$port" "$seconds")
        p=$(statements $file "$seconds")
        b=$([ -z "$before" ] || submits $file $((port + 1)) "$seconds")
        echo "$s" >>"$work/$file.submits"
        awk -v s="$s" -v p="$p" 'BEGIN {print s / p}' >>"$work/$file.ratio"
        [ -z "$b" ] || awk -v s="$s" -v b="$b" 'BEGIN {print s / b}' >>"$work/$file.before"
        awk -v f=$file -v r="$round" -v s="$s" -v p="$p" -v b="$b" 'BEGIN {printf "%-9s  %5d  %7d  %7d  %5.2f", f, r, s, p, s / p
            if (b) printf "  %7d  %14.2f", b, s / b; print ""}'
    done
done
for file in different same; do
    echo "$file: median $(median <"$work/$file.submits") submits/s, ratio $(median <"$work/$file.ratio")$([ -z "$before" ] || echo ", to before $(median <"$work/$file.before")")"
done
