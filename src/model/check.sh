#!/usr/bin/env bash
# Searches claims.pml, undo.pml and sending.pml with every interleaving, in the shapes and with the faults named below.
#   holds   no assertion fails, and nothing stops short of the job's end
#   ends    there is no cycle either: every run ends
#   finds   a fault that was put in, by the error it must lead to
# Exit 1 when a row is not as it should be, 2 when spin or gcc is missing. About three minutes of one core, 500 MB.
set -uo pipefail

for tool in spin gcc; do
    command -v "$tool" >/dev/null && continue
    echo "!!! THE MODEL WAS NOT CHECKED: $tool IS MISSING (apt-get install spin gcc) !!!" >&2
    exit 2
done
models=$(cd "$(dirname "$0")" && pwd)
model=$models/claims.pml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
wrong=0

holds() { exhaust holds -DSAFETY '' "$@"; }
ends() { exhaust ends -DNP -l "$@"; }

exhaust() {
    local word=$1
    search "${@:2}"
    grep -q 'errors: 0$' answer && grep -q '^Full statespace search' answer && ! grep -qiE "$cut_short" answer
    row $? "$word ${*:4}"
}
cut_short='search not completed|too small|out of memory|memlim bound|hash-compact|bit statespace'

finds() { # -DSAFETY|-DNP <part of the error> <macro>…
    search "$1" "$([ "$1" = -DNP ] && echo -l)" "${@:3}"
    grep '^pan:1: ' answer | grep -qF -- "$2"
    row $? "finds ${*:3}"
}

# The larger searches are worth an optimiser, for the others it takes longer than they do.
search() { # -DSAFETY|-DNP <option of pan> <macro>…
    local kind=$1 option=$2 optimise=-O0
    shift 2
    case "$*" in *FAULTS=3* | *SHARES=2*FAULTS=2* | *SHARES=2*FAULTS=1*CRASHES=1*) optimise=-O2 ;; esac
    rm -f pan*
    {
        spin "${@/#/-D}" -a "$model" &&
            gcc "$optimise" -w -DCOLLAPSE -DMEMLIM=3500 "$kind" -o pan pan.c &&
            ./pan -m1000000 -w23 -n $option
    } >answer 2>&1
}

row() { # <0: as it should be> <what was searched>
    local mark=ok
    [ "$1" = 0 ] || { mark=WRONG && wrong=$((wrong + 1)) && cat answer >&2; }
    printf '%-5s  %-70s %9s %6s %7s  %s\n' "$mark" "$2" \
        "$(sed -nE 's/ *([0-9.e+]+) states, stored.*/\1/p' answer)" \
        "$(sed -nE 's/.*depth reached ([0-9]+).*/\1/p' answer)" \
        "$(sed -nE 's/pan: elapsed time ([0-9.]+) .*/\1/p' answer)" \
        "$(sed -nE 's/^pan:1: (.*) \(at depth.*/\1/p' answer | cut -c1-60)"
}

printf '%-5s  %-70s %9s %6s %7s\n' '' '' states depth seconds

holds BLOCKS=2 SHARES=1 FAULTS=3
holds BLOCKS=1 SHARES=2 FAULTS=2
holds BLOCKS=2 SHARES=1 FAULTS=1 CRASHES=1
holds BLOCKS=1 SHARES=2 FAULTS=1 CRASHES=1
holds BLOCKS=2 SHARES=2 FAULTS=0 CRASHES=1
holds BLOCKS=2 SHARES=1 FAULTS=2 TOKENS_ONLY
holds BLOCKS=2 SHARES=1 FAULTS=2 CANCEL_KEEPS_TOKENS

ends BLOCKS=2 SHARES=1 FAULTS=2
ends BLOCKS=1 SHARES=2 FAULTS=1
ends BLOCKS=2 SHARES=1 FAULTS=1 CRASHES=1
ends BLOCKS=1 SHARES=2 FAULTS=0 CRASHES=1
ends BLOCKS=2 SHARES=2 FAULTS=0 CRASHES=1

finds -DSAFETY 'applied[c]==1' BLOCKS=2 SHARES=1 FAULTS=1 NO_FENCING
finds -DSAFETY '(job==' BLOCKS=2 SHARES=1 FAULTS=0 NO_CANCEL NO_JOB_LOCK
finds -DSAFETY 'held[' BLOCKS=2 SHARES=1 FAULTS=0 MERGE_EARLY
finds -DSAFETY '!((((job==' BLOCKS=2 SHARES=1 FAULTS=0 TOKENS_ONLY CANCEL_KEEPS_TOKENS
finds -DNP 'non-progress cycle' BLOCKS=1 SHARES=2 FAULTS=1 UNFENCED_RESET
finds -DNP 'non-progress cycle' BLOCKS=2 SHARES=2 FAULTS=0 CRASHES=1 COUNT_ROWS
finds -DSAFETY 'mine[me]].status' BLOCKS=2 SHARES=1 FAULTS=2 LAX_FAIL

model=$models/undo.pml

holds FAULTS=3 ASKS=3
ends FAULTS=3 ASKS=3

finds -DSAFETY 'taker[c]==me' NO_FENCING
finds -DSAFETY '!(((requested' NO_JOB_LOCK
finds -DSAFETY '!(((requested' ASK_TWICE
finds -DNP 'non-progress cycle' STOP_NOBODY
finds -DSAFETY 'taker[c]==me' SWEEP_ALWAYS

model=$models/sending.pml

holds KILLS=1 SLOW=1
holds KILLS=0 SLOW=2

finds -DSAFETY 'delivered[m]==1' RESEND
finds -DSAFETY 'delivered[m]==1' ATTEMPT_AFTERWARDS
finds -DSAFETY '(1-kills)' NO_PLACES SLOW=0
finds -DSAFETY '(1-kills)' PLACES_ONLY SLOW=0

[ "$wrong" = 0 ] || { echo "$wrong of these are not as they should be" >&2; exit 1; }
