#!/usr/bin/env bash
# Imports a file of about 1 GB with a heap of 256 MB and prints the highest resident memory: memory.sh [csv|ndjson|xlsx]
# [rows]. The size of a spreadsheet is its unpacked size; its rows have long notes, since it cannot have more than a million
# rows. BINARY: a native binary instead of the Java package.
set -euo pipefail
JAVA_OPTIONS=${JAVA_OPTIONS:--Xmx256m}
. "$(dirname "$0")/service.sh"
format=${1:-csv}
pad=0
case $format in
    csv) rows=13500000 ;;
    ndjson) rows=7000000 ;;
    xlsx) rows=1000000 && pad=600 ;;
esac
rows=${2:-$rows}
mapping='{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
start_binary_or_java
java "$(dirname "$0")/Contacts.java" "$rows" "$RANDOM" "$format" "$pad" >"$work/contacts.$format"
bytes=$(stat -c %s "$work/contacts.$format")
[ "$format" != xlsx ] || bytes="$bytes, unpacked $(unzip -l "$work/contacts.xlsx" | tail -1 | awk '{print $1}')"
echo "$format, $rows rows, $bytes bytes, ${BINARY:-java} $JAVA_OPTIONS"
t=$(now)
import_file "$work/contacts.$format" "$mapping"
echo "imported in $(since "$t") ms; highest resident memory of the service: $(awk '/VmHWM/ {print $2 / 1024 " MB"}' "/proc/$service/status")"
curl -sS "$base/api/migrations/$last_job" | sed 's/.*"progress":\({[^}]*}\).*/\1/'
