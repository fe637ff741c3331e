#!/usr/bin/env bash
# Imports a CSV file of about 1 GB with a heap of 256 MB and tells the highest resident memory: memory.sh [rows]
set -euo pipefail
JAVA_OPTIONS=${JAVA_OPTIONS:--Xmx256m}
. "$(dirname "$0")/service.sh"
rows=${1:-13500000}
mapping='{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
start_service
java "$(dirname "$0")/Contacts.java" "$rows" "$RANDOM" >"$work/contacts.csv"
echo "$rows rows, $(stat -c %s "$work/contacts.csv") bytes, java $JAVA_OPTIONS"
t=$(now)
import_file "$work/contacts.csv" "$mapping"
echo "imported in $(since "$t") ms; highest resident memory of the service: $(awk '/VmHWM/ {print $2 / 1024 " MB"}' "/proc/$service/status")"
curl -sS "$base/api/migrations/$last_job" | sed 's/.*"progress":\({[^}]*}\).*/\1/'
