#!/usr/bin/env bash
# The long test of killed senders: send-crash.sh [rounds]. In each round ten overlapping cron runs of two processes send 217
# messages, and one of the processes is killed at a random moment. Prints how many messages were in doubt after how many
# kills. About ten seconds a round. To run a failed seed again: send-crash.sh <rounds> -Dsend-crash.seed=<seed>
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-50}
shift || true
exec ./mvnw -B -ntp verify -Dspotless.check.skip -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=SendCrashIT \
    -Dsend-crash.rounds="$rounds" "$@"
