#!/usr/bin/env bash
# Measures the first visit to each view: first and largest contentful paint, transferred bytes and requests, layout shift,
# blocked time; on this machine, and with a processor four times slower on slow 4G: page.sh [rounds]. Needs Node, npm and
# Chromium (CHROMIUM).
set -euo pipefail
. "$(dirname "$0")/service.sh"
bench=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-5}
start_service
npm_folder "playwright-core@1.56" chromium.mjs median.mjs page.mjs

# Creates data for each view.
java "$bench/Contacts.java" 2000 7 >"$work/contacts.csv"
echo 'nobody,Not,Any,1,X' >>"$work/contacts.csv"
import_file "$work/contacts.csv" '{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
curl -sS -f -o "$work/queue.json" -H 'Content-Type: application/json' "$base/api/send-queue" -d "{\"items\":[$(
    for n in $(seq 60); do
        echo "{\"campaignId\":\"spring\",\"prospectId\":\"person$n\",\"step\":1,\"channel\":\"mail\",\"body\":\"Hello\",\"scheduledFor\":\"2099-01-01T00:00:00Z\"}"
    done | paste -sd,
)]}"
"${NODE:-node}" "$npm/page.mjs" "$base" "$rounds" "$last_job"
