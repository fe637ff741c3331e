#!/usr/bin/env bash
# The same contacts as CSV, XLSX and NDJSON, upload to completed, in one run: formats.sh [rows] [rounds]
set -euo pipefail
. "$(dirname "$0")/service.sh"
rows=${1:-200000}
rounds=${2:-5}
mapping='{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
start_service
echo "round    csv   xlsx  ratio  ndjson  ratio   (ms, $rows rows)"
: >"$work/xlsx" && : >"$work/ndjson"
for round in $(seq "$rounds"); do
    seed=$((round * 7919 + RANDOM))
    for format in csv xlsx ndjson; do
        java "$(dirname "$0")/Contacts.java" "$rows" "$seed" "$format" >"$work/contacts.$format"
        psql -q -c 'truncate contacts' -c 'checkpoint'
        t=$(now); import_file "$work/contacts.$format" "$mapping"; eval "$format=$(since "$t")"
    done
    awk -v r="$round" -v c="$csv" -v x="$xlsx" -v n="$ndjson" 'BEGIN {printf "%5d  %5d  %5d  %5.2f  %6d  %5.2f\n", r, c, x, x/c, n, n/c}'
    awk -v a="$csv" -v b="$xlsx" 'BEGIN {print b/a}' >>"$work/xlsx"
    awk -v a="$csv" -v b="$ndjson" 'BEGIN {print b/a}' >>"$work/ndjson"
done
echo "median ratio to csv: xlsx $(median <"$work/xlsx"), ndjson $(median <"$work/ndjson")"
