#!/usr/bin/env bash
# Imports a file of which every row is rejected, corrects the rows in the dialog of the import button, and measures the main thread
# of the page meanwhile, on this machine and with a processor four times slower: page-corrections.sh [rows]. Needs Node, npm
# and Chromium (CHROMIUM).
set -euo pipefail
. "$(dirname "$0")/service.sh"
rows=${1:-10000}
start_service
npm_folder "playwright-core@1.56" chromium.mjs page-corrections.mjs
{
    echo 'email,first_name,last_name,phone,company'
    seq "$rows" | sed 's/.*/person& at example.com,First&,Last&,+49 30 &,Company &/'
} >"$work/rejected.csv"
import_file "$work/rejected.csv" '{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
"${NODE:-node}" "$npm/page-corrections.mjs" "$base" "$last_job" "$rows"
