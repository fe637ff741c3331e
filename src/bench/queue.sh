#!/usr/bin/env bash
# Items claimed and finished per second, our send queue against graphile-worker and pg-boss on the same PostgreSQL server in
# the same run: queue.sh [items] [rounds]. Each contender has its own database, and one process for all rounds. It gets the
# items in one transaction that ends with the NOTIFY for which it listens: the time is measured from that commit until no
# work is left.
#
# The items of all contenders have no work to do: ours is the packaged application with noop/Provider.java instead of the
# class that makes the requests. "http" is the unchanged application, with a real request per item, for an eighth of the
# items. Both may have as many requests at once as they can use. "slow" at the end is the unchanged application with its
# default concurrency and a provider that takes 50 ms an answer: the share of the messages a second that are possible then,
# by the time that one request takes when nothing else runs.
# BEFORE=<other quarkus-run.jar> also measures that version without work.
set -euo pipefail
. "$(dirname "$0")/service.sh"
bench=$(cd "$(dirname "$0")" && pwd)
items=${1:-40000}
rounds=${2:-5}
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

# The application with a provider that does nothing: without_work <quarkus-run.jar> <folder> prints the new jar.
without_work() {
    cp -r "$(dirname "$1")" "$2"
    # The archive with the classes that Quarkus has transformed comes first.
    "${JAVA:+$(dirname "$JAVA")/}javac" -proc:none -d "$2/noop" -cp "$(printf '%s:' "$2"/app/*.jar "$2"/lib/main/*.jar)" "$bench/noop/Provider.java"
    (cd "$2/noop" && "${JAVA:+$(dirname "$JAVA")/}jar" --update --file "$2/quarkus/transformed-bytecode.jar" dev/importonce/send/Provider.class)
    echo "$2/quarkus-run.jar"
}

# run_ours <database> <workers> <port> <jar> <concurrency> <provider's port>
run_ours() {
    QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$PGPORT/$1 QUARKUS_DATASOURCE_USERNAME=postgres \
        QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD IMPORTONCE_AUTH=none IMPORTONCE_MIGRATE_AT_START=true QUARKUS_HTTP_PORT=$3 IMPORTONCE_WORKERS=$2 \
        IMPORTONCE_LISTEN_URL="jdbc:postgresql://127.0.0.1:$PGPORT/$1?user=postgres&password=$PGPASSWORD" \
        IMPORTONCE_PROVIDER_URL=http://127.0.0.1:$6 IMPORTONCE_PROVIDER_CONCURRENCY=$5 \
        "${JAVA:-java}" $JAVA_OPTIONS -jar "$4" >"$work/$1.log" 2>&1 &
    pids+=($!)
    until_ready $! "curl -sf http://127.0.0.1:$3/q/health/ready >/dev/null" "$work/$1.log"
}

# run_theirs <database> <workers> <kind>
run_theirs() {
    (cd "$work/npm" && NO_LOG_SUCCESS=1 exec "$node" competitor.mjs "$3" "postgres://postgres:$PGPASSWORD@127.0.0.1:$PGPORT/$1" "$2") \
        >"$work/$1.log" 2>&1 &
    pids+=($!)
    until_ready $! "grep -q ^ready '$work/$1.log'" "$work/$1.log"
}

# Statements for remaining work, cleaning up and enqueueing: measure <database> <items> prints items per second.
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
            left="select from $table where turn is not null"
            tidy="truncate send_queue, sent_messages"
            enqueue="insert into $table (id, org_id, campaign_id, prospect_id, step, channel, body, due_at, turn)
                select uuidv7(), '00000000-0000-0000-0000-000000000001', 'bench', 'prospect-' || n, 1, 'email', 'Hello', now(), now() + n * interval '1 second'
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
# pg-boss 12.38.0 requires a version of rrule-temporal that the registry may not have yet; only its schedules use it.
cat >"$work/npm/package.json" <<JSON
{"private": true, "dependencies": {"graphile-worker": "0.18.0", "pg-boss": "12.38.0"}, "overrides": {"rrule-temporal": "^2.2.7"}}
JSON
(cd "$work/npm" && npm install --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1) || { cat "$work/npm.log"; exit 1; }

# run_provider <milliseconds an answer> leaves its port in the file provider<milliseconds>
run_provider() {
    "${JAVA:-java}" "$bench/Provider.java" "$1" >"$work/provider$1" 2>"$work/provider.log" &
    pids+=($!)
    until_ready $! "[ -s '$work/provider$1' ]" "$work/provider.log"
}
run_provider 0
provider_port=$(cat "$work/provider0")
run_provider 50

noop=$(without_work "$jar" "$work/noop")
[ -z "${BEFORE:-}" ] || before=$(without_work "$BEFORE" "$work/before")

contenders="ours graphile boss http"
[ -z "${BEFORE:-}" ] || contenders="$contenders before"
for workers in 1 4; do
    for contender in $contenders; do
        psql -q -c "create database $contender$workers"
        case $contender in
            ours) run_ours "ours$workers" $workers $((port + workers)) "$noop" 4096 "$provider_port" ;;
            http) run_ours "http$workers" $workers $((port + workers + 20)) "$jar" 256 "$provider_port" ;;
            before) run_ours "before$workers" $workers $((port + workers + 10)) "$before" 4096 "$provider_port" ;;
            *) run_theirs "$contender$workers" $workers "$contender" ;;
        esac
    done
done

echo "$(psql -At -c 'show server_version'), $(nproc) cores, $items items, items/s; three rounds before the first"
echo "graphile-worker 0.18.0: concurrentJobs = workers, localQueue.size 500, completeJobBatchDelay 0"
echo "pg-boss 12.38.0: localConcurrency = workers, batchSize ${BATCH:-500}, burstWhenBatchFull, useListenNotify"
echo "ours, http: IMPORTONCE_WORKERS = workers (each with two threads: one sends while the other writes its outcomes)"

# count_of <contender>
count_of() { if [ "$1" = http ]; then echo $((items / 8)); else echo "$items"; fi; }

# row <workers> <round> <rates>
row() {
    awk -v w="$1" -v r="$2" -v v="$3" 'BEGIN {n = split(v, a, " "); best = a[2] > a[3] ? a[2] : a[3]
        printf "%7d  %6s", w, r; for (i = 1; i <= n; i++) printf "  %9d", a[i]; printf "  %9.2f  %9.2f", a[1] / best, a[4] / best
        if (n > 4) printf "  %11.2f", a[1] / a[5]; print ""}'
}

for warm in 1 2 3; do
    for workers in 1 4; do for contender in $contenders; do measure "$contender$workers" "$(count_of "$contender")" >/dev/null; done; done
done
echo "workers   round$(printf '  %9s' $contenders)  ours/best  http/best$([ -z "${BEFORE:-}" ] || echo '  ours/before')"
for round in $(seq "$rounds"); do
    for workers in 1 4; do
        rates=()
        for contender in $contenders; do
            rates+=("$(measure "$contender$workers" "$(count_of "$contender")")")
            echo "${rates[-1]}" >>"$work/$contender$workers.rates"
        done
        row $workers "$round" "${rates[*]}"
    done
done
for workers in 1 4; do
    rates=()
    for contender in $contenders; do rates+=("$(median <"$work/$contender$workers.rates")"); done
    row $workers median "${rates[*]}"
done

# The others poll beside it no longer; the two providers were the first to start.
kill "${pids[@]:2}"
wait "${pids[@]:2}" 2>/dev/null || true
pids=("${pids[@]:0:2}")
slow_port=$(cat "$work/provider50")
latency=$(for _ in $(seq 21); do curl -s -o "$work/answer" -w '%{time_total}\n' -d '{}' "http://127.0.0.1:$slow_port/api/v1/chats"; done | median)
psql -q -c 'create database slow'
run_ours slow 2 $((port + 30)) "$jar" 8 "$slow_port"
for _ in 1 2; do measure slow 1600 >/dev/null; done
for _ in $(seq "$rounds"); do measure slow 1600; done | median | awk -v l="$latency" '{
    printf "slow: %d messages/s with 8 at once and %.1f ms an answer, %.2f of what is possible\n", $1, l * 1000, $1 * l / 8}'
