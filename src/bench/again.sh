#!/usr/bin/env bash
# Measures the time and CPU time of each further click on a large spreadsheet: again.sh [rows] [rounds]. For comparison, it
# sends the same bytes as a source, which is only receiving, hashing and storing. The workers are off, so that the first
# click's job stays active. BEFORE=<other quarkus-run.jar> also measures that version, on the same database and file.
set -euo pipefail
. "$(dirname "$0")/service.sh"
rows=${1:-500000}
rounds=${2:-7}
mapping='{"target":"contacts","fields":{"email":"email","firstName":"first_name"}}'
before=

# CPU time of a process so far, in ms.
cpu() { awk -v tick="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); print ($12 + $13) * 1000 / tick}' "/proc/$1/stat"; }

# measure <name> <process> <address>: prints ms and CPU of one request, and keeps them for the median
measure() {
    local begin used
    used=$(cpu "$2")
    begin=$(now)
    curl -sS -f -o "$work/answer.json" -H 'Content-Type: application/octet-stream' -H 'Expect:' -T "$work/contacts.xlsx" -X POST \
        --url-query "mapping=$mapping" "$3"
    echo "$(since "$begin")" >>"$work/$1.ms"
    awk -v a="$used" -v b="$(cpu "$2")" 'BEGIN {print b - a}' >>"$work/$1.cpu"
}

IMPORTONCE_WORKERS=0 start_service
java "$(dirname "$0")/Contacts.java" "$rows" 7919 xlsx 60 >"$work/contacts.xlsx"
names=now
start_before
[ -z "$before" ] || names="before now"
echo "$(nproc) cores, $(stat -c %s "$work/contacts.xlsx") bytes, $rows rows, medians of $rounds"
measure first "$service" "$base/api/migrations/run"
for _ in $(seq "$rounds"); do
    for name in $names; do
        if [ $name = now ]; then process=$service to=$base; else process=$before to=$before_base; fi
        measure "again-$name" "$process" "$to/api/migrations/run"
        grep -q '"created":false' "$work/answer.json"
        measure "source-$name" "$process" "$to/api/sources"
    done
done
printf '%-34s %8s %8s\n' '' ms 'CPU ms'
printf '%-34s %8.0f %8.0f\n' 'first click' "$(cat "$work/first.ms")" "$(cat "$work/first.cpu")"
for name in $names; do
    printf '%-34s %8.0f %8.0f\n' "each further click, $name" "$(median <"$work/again-$name.ms")" "$(median <"$work/again-$name.cpu")"
    printf '%-34s %8.0f %8.0f\n' "received and hashed alone, $name" "$(median <"$work/source-$name.ms")" "$(median <"$work/source-$name.cpu")"
done
