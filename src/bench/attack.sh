#!/usr/bin/env bash
# Attacks the service with small expensive files and misbehaving callers, one after another and ten at once, with a heap of
# 256 MB, while another user imports one row every second: attack.sh [phases], a regular expression for the names of the
# phases to run. Prints the other user's results, the answers to each attack, the memory before and after, and the output of
# doctor. BINARY: a native binary instead of the Java package. BOMBS: a folder that keeps the files for later runs; empty:
# none. Limited in number and time, and only against this machine.
set -euo pipefail
JAVA_OPTIONS=${JAVA_OPTIONS:--Xmx256m}
. "$(dirname "$0")/service.sh"
export SUPABASE_JWT_SECRET=bench-secret-that-is-long-enough-for-hs256 IMPORTONCE_MIGRATE_AT_START=true
bench=$(cd "$(dirname "$0")" && pwd)
start_binary_or_java

memory() { awk '/^Vm(HWM|RSS)/ {printf "%s %d MB  ", $1, $2 / 1024} END {print ""}' "/proc/$service/status"; }

bombs=${BOMBS:-$work/bombs}
[ -d "$bombs" ] || java -Xmx256m "$bench/Bombs.java" "$bombs"
echo "${BINARY:-java} $JAVA_OPTIONS, $(nproc) cores, $(ls "$bombs" | grep -vc mapping) files, the largest $(ls -lS "$bombs" | awk 'NR == 2 {print $5}') bytes"
echo "before: $(memory)"
status=0
java "$bench/Attack.java" "$base" "$SUPABASE_JWT_SECRET" "$bombs" "$@" || status=1
kill -0 "$service" || { echo "THE SERVICE IS GONE"; tail -20 "$work/service.log"; exit 1; }
echo "after: $(memory)"
curl -sS "$base/q/metrics" | grep -E '^jvm_memory_used_bytes.*heap' || true
grep -cE 'ERROR|OutOfMemory' "$work/service.log" | sed 's/^/lines of errors in the log: /' || true
exit $status
