#!/usr/bin/env bash
# Fuzzes the readers and the mapping with Jazzer, guided by coverage: fuzz.sh [seconds for each, 600] [targets,
# source.FuzzReaders job.FuzzMapping]. An input that takes 10 s, or more than 256 MB of heap, is a finding, too. Findings are
# written to target/fuzz; turn them into tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-600}
targets=(source.FuzzReaders job.FuzzMapping)
[ $# -lt 2 ] || targets=("${@:2}")
jazzer=0.24.0
out=target/fuzz
./mvnw -B -ntp -q test-compile -Dspotless.check.skip
./mvnw -B -ntp -q dependency:build-classpath -Dmdep.outputFile=$out.classpath
for artifact in jazzer jazzer-api; do
    ./mvnw -B -ntp -q dependency:copy -Dartifact=com.code-intelligence:$artifact:$jazzer -DoutputDirectory=$out-jazzer
done
mkdir -p $out/corpus/FuzzReaders $out/corpus/FuzzMapping
path=target/classes:target/test-classes:$(cat $out.classpath)
java -cp "$path" dev.importonce.source.FuzzSeeds "$out/corpus/FuzzReaders" src/test/resources/csv-spectrum/*.{csv,json}
printf '%s' '{"target":"contacts","fields":{"email":"E-Mail"},"format":{"type":"csv","delimiter":";"}}' >$out/corpus/FuzzMapping/one
for target in "${targets[@]}"; do
    name=${target#*.}
    echo "fuzzing $name for $seconds s"
    java -Xmx256m -XX:+UseSerialGC -cp "$out-jazzer/*:$path" com.code_intelligence.jazzer.Jazzer \
        --target_class=dev.importonce.$target --instrumentation_includes='dev.importonce.**:de.siegmar.**' \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix=$out/ \
        "$out/corpus/$name" >"$out/$name.log" 2>&1 || { tail -40 "$out/$name.log"; exit 1; }
    grep -E 'Done|cov:' "$out/$name.log" | tail -2
done
