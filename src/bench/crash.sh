#!/usr/bin/env bash
# The long crash test: 50 kills, 10 database crashes (and 5 more by a killed backend), 10 freezes for longer than a lease and
# 20 disconnections while files of 1,000,000 rows are imported and 5,000 messages are sent. Takes about half an hour. To run
# a failed seed again: crash.sh -Dcrash.seed=<seed>
set -euo pipefail
cd "$(dirname "$0")/../.."
exec ./mvnw -B -ntp verify -Dspotless.check.skip -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=CrashIT \
    -Dcrash.rows=1000000 -Dcrash.messages=5000 -Dcrash.kills=50 -Dcrash.database-crashes=10 -Dcrash.cuts=20 \
    -Dcrash.backend-kills=5 -Dcrash.freezes=10 -Dcrash.lease-seconds=20 \
    -Dcrash.pause-millis=1000 -Dcrash.minutes=20 "$@"
