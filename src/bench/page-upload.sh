#!/usr/bin/env bash
# Sends a file of about 1 GB through the page, to a service with a heap of 256 MB, and measures whether the page stays
# usable: the longest time for which its main thread was busy, the longest time between two frames, the memory of its
# scripts; then the preview, the Import button and Cancel: page-upload.sh [rows]. Needs Node, npm and Chromium (CHROMIUM).
set -euo pipefail
JAVA_OPTIONS=${JAVA_OPTIONS:--Xmx256m}
. "$(dirname "$0")/service.sh"
bench=$(cd "$(dirname "$0")" && pwd)
rows=${1:-13500000}
start_service
npm_folder "playwright-core@1.56" chromium.mjs page-upload.mjs
java "$bench/Contacts.java" "$rows" "$RANDOM" >"$work/large.csv"
echo "$rows rows, $(stat -c %s "$work/large.csv") bytes, java $JAVA_OPTIONS"
"${NODE:-node}" "$npm/page-upload.mjs" "$base" "$work/large.csv"
echo "highest resident memory of the service: $(awk '/VmHWM/ {print $2 / 1024 " MB"}' "/proc/$service/status")"
