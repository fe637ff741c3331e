#!/usr/bin/env bash
# Items claimed and finished per second, our send queue against graphile-worker and pg-boss on the same PostgreSQL
# server in the same run: queue.sh [items] [rounds]. Everybody has a database and a process of its own that lives
# through all rounds, and gets the items in one transaction that ends with the NOTIFY that it listens for: the time
# runs from that commit until nothing is left to do. BEFORE=<other quarkus-run.jar> measures that one, too.
set -euo pipefail
. "$(dirname "$0")/service.sh"
bench=$(cd "$(dirname "$0")" && pwd)
items=${1:-20000}
rounds=${2:-3}
node=${NODE:-node}
pids=()

stop_all() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    stop_service
}

until_ready() {
    for _ in $(seq 300); do
        eval "$2" && return
        kill -0 "$1" 2>/dev/null || break
        sleep 0.2
    done
    cat "$3"
    return 1
}

# run_ours <database> <workers> <port> <jar>
run_ours() {
    QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$PGPORT/$1 QUARKUS_DATASOURCE_USERNAME=postgres \
        IMPORTONCE_AUTH=none IMPORTONCE_MIGRATE_AT_START=true QUARKUS_HTTP_PORT=$3 IMPORTONCE_WORKERS=$2 \
        IMPORTONCE_LISTEN_URL="jdbc:postgresql://127.0.0.1:$PGPORT/$1?user=postgres" \
        IMPORTONCE_PROVIDER_URL=http://127.0.0.1:$provider_port \
        "${JAVA:-java}" ${JAVA_OPTIONS:-} -jar "$4" >"$work/$1.log" 2>&1 &
    pids+=($!)
    until_ready $! "curl -sf http://127.0.0.1:$3/q/health/ready >/dev/null" "$work/$1.log"
}

# run_theirs <database> <workers> <kind>
run_theirs() {
    (cd "$work/npm" && NO_LOG_SUCCESS=1 exec "$node" competitor.mjs "$3" "postgres://postgres@127.0.0.1:$PGPORT/$1" "$2") \
        >"$work/$1.log" 2>&1 &
    pids+=($!)
    until_ready $! "grep -q ^ready '$work/$1.log'" "$work/$1.log"
}

# What is left to do, what tidies up, what enqueues: measure <database> <items> prints items per second.
measure() {
    local left tidy enqueue table
    case $1 in
        graphile*)
            table=graphile_worker._private_jobs
            left="select from $table"
            tidy="delete from $table"
            enqueue="select count(*) from graphile_worker.add_jobs(array(select row('bench', json_build_object('n', n), null, null, null, null, null, null)::graphile_worker.job_spec from generate_series(1, $2) n))" ;;
        boss*)
            table=pgboss.job
            left="select from $table where name = 'bench' and state < 'completed'"
            tidy="truncate $table"
            enqueue="insert into $table (name, data, policy) select 'bench', jsonb_build_object('n', n), 'standard' from generate_series(1, $2) n;
                select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), 'bench')" ;;
        *)
            table=send_queue
            left="select from $table where due_at is not null"
            tidy="truncate send_queue, sent_messages"
            enqueue="insert into $table (id, org_id, campaign_id, prospect_id, step, channel, body, due_at, turn)
                select gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'bench', 'prospect-' || n, 1, 'email', 'Hello', now(), now() + n * interval '1 second'
                from generate_series(1, $2) n;
                select pg_notify('importonce_work', '')" ;;
    esac
    PGDATABASE=$1 psql -q -At -v ON_ERROR_STOP=1 -c "$tidy" -c 'checkpoint' >"$work/psql.log"
    PGDATABASE=$1 psql -q -At -v ON_ERROR_STOP=1 <<SQL | tail -1
begin;
$enqueue;
analyze $table;
commit;
select clock_timestamp() as released \gset
do \$\$ begin
    while exists ($left) loop commit; perform pg_sleep(0.01); end loop;
end \$\$;
select round($2 / extract(epoch from clock_timestamp() - :'released'));
SQL
}

IMPORTONCE_WORKERS=0 start_service
trap stop_all EXIT
mkdir "$work/npm" && cp "$bench/competitor.mjs" "$work/npm"
# pg-boss 12.38.0 asks for an rrule-temporal that the registry may not have yet; only its schedules use it.
cat >"$work/npm/package.json" <<JSON
{"private": true, "dependencies": {"graphile-worker": "0.18.0", "pg-boss": "12.38.0"}, "overrides": {"rrule-temporal": "^2.2.7"}}
JSON
(cd "$work/npm" && npm install --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1) || { cat "$work/npm.log"; exit 1; }

"${JAVA:-java}" "$bench/Provider.java" >"$work/provider" 2>"$work/provider.log" &
pids+=($!)
until_ready $! "[ -s '$work/provider' ]" "$work/provider.log"
provider_port=$(cat "$work/provider")

contenders="ours graphile boss"
[ -z "${BEFORE:-}" ] || contenders="$contenders before"
for workers in 1 4; do
    for contender in $contenders; do
        psql -q -c "create database $contender$workers"
        case $contender in
            ours) run_ours "ours$workers" $workers $((port + workers)) "$jar" ;;
            before) run_ours "before$workers" $workers $((port + workers + 10)) "$BEFORE" ;;
            *) run_theirs "$contender$workers" $workers "$contender" ;;
        esac
    done
done

echo "$(psql -At -c 'show server_version'), $(nproc) cores, $items items, items/s; each process has worked $items items before the first round"
echo "graphile-worker 0.18.0: concurrentJobs = workers, localQueue.size 500, completeJobBatchDelay 0"
echo "pg-boss 12.38.0: localConcurrency = workers, batchSize ${BATCH:-500}, burstWhenBatchFull, useListenNotify"
echo "ours: IMPORTONCE_WORKERS = workers; includes an HTTP request per item, on a connection of its own: theirs do nothing per item"
for workers in 1 4; do for contender in $contenders; do measure "$contender$workers" "$items" >/dev/null; done; done
echo "workers  round  $(printf '%9s' $contenders)  ours/best$([ -z "${BEFORE:-}" ] || echo '  ours/before')"
for round in $(seq "$rounds"); do
    for workers in 1 4; do
        rates=()
        for contender in $contenders; do
            rates+=("$(measure "$contender$workers" "$items")")
            echo "${rates[-1]}" >>"$work/$contender$workers.rates"
        done
        awk -v w=$workers -v r="$round" -v v="${rates[*]}" 'BEGIN {n = split(v, a, " "); best = a[2] > a[3] ? a[2] : a[3]
            printf "%7d  %5d  ", w, r; for (i = 1; i <= n; i++) printf "%9d", a[i]; printf "  %9.2f", a[1] / best
            if (n > 3) printf "  %11.2f", a[1] / a[4]; print ""}' 
    done
done
for workers in 1 4; do
    rates=()
    for contender in $contenders; do rates+=("$(median <"$work/$contender$workers.rates")"); done
    awk -v w=$workers -v v="${rates[*]}" 'BEGIN {n = split(v, a, " "); best = a[2] > a[3] ? a[2] : a[3]
        printf "%7d  median ", w; for (i = 1; i <= n; i++) printf "%9d", a[i]; printf "  %9.2f", a[1] / best
        if (n > 3) printf "  %11.2f", a[1] / a[4]; print ""}'
done
