#!/usr/bin/env bash
# Compares the time from upload to completed with that of an expert's psql script (COPY to a temporary table, one sorted
# upsert, ids in the order of time if the server has them) on the same server, in the same run: import.sh [rows] [rounds].
# Also measures the limit: COPY of rows that are sorted, unique and normalised already, directly into the table. Each round
# has new random data; all variants get the same rows, and an empty table with the same checks and indexes. Before that, the
# service does WARM_UP imports (30) of 10,000 rows, so that a small file is measured on a warm JVM; none with 0.
# STAGING=logged tries the other kind of staging table. BINARY: a native binary instead of the Java package.
set -euo pipefail
. "$(dirname "$0")/service.sh"
rows=${1:-500000}
rounds=${2:-5}
mapping='{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
start_binary_or_java
[ "${STAGING:-unlogged}" = unlogged ] || psql -q -c 'alter table target_staging set logged'
psql -q -c 'create schema bench' -c 'create table bench.contacts (like public.contacts including all)' \
    -c 'create table bench.limit (like public.contacts including all)'
[ "$(psql -At -c "select count(*) from pg_proc where proname = 'uuidv7'")" = 0 ] ||
    for table in contacts limit; do psql -q -c "alter table bench.$table alter column id set default uuidv7()"; done
java "$(dirname "$0")/Contacts.java" 10000 "$RANDOM" >"$work/contacts.csv"
for _ in $(seq "${WARM_UP:-30}"); do
    psql -q -c 'truncate contacts'
    import_file "$work/contacts.csv" "$mapping"
done

by_hand() {
    psql -q -v ON_ERROR_STOP=1 <<SQL
begin;
create temp table incoming (email text, first_name text, last_name text, phone text, company text) on commit drop;
\copy incoming from '$1' csv header
insert into bench.contacts as c (org_id, email, first_name, last_name, phone, company)
select distinct on (email) '00000000-0000-0000-0000-000000000001'::uuid, email, first_name, last_name, phone, company
from incoming order by email
on conflict (org_id, email) do update set first_name = excluded.first_name, last_name = excluded.last_name,
    phone = excluded.phone, company = excluded.company, updated_at = now();
commit;
SQL
}

straight() {
    psql -q -v ON_ERROR_STOP=1 -c "\\copy bench.limit (org_id, email, first_name, last_name, phone, company) from '$1'"
}

echo "round  psql-new  service-new  ratio   limit  to it  psql-again  service-again  ratio   (ms, $rows rows)"
: >"$work/new" && : >"$work/again" && : >"$work/limit"
for round in $(seq "$rounds"); do
    java "$(dirname "$0")/Contacts.java" "$rows" "$((round * 7919 + RANDOM))" >"$work/contacts.csv"
    psql -q -c 'truncate contacts, bench.contacts, bench.limit' -c 'checkpoint'
    t=$(now); by_hand "$work/contacts.csv"; p1=$(since "$t")
    psql -q -c "\\copy (select org_id, email, first_name, last_name, phone, company from bench.contacts order by email) to '$work/sorted'" -c 'checkpoint'
    t=$(now); straight "$work/sorted"; l=$(since "$t")
    psql -q -c 'checkpoint'
    t=$(now); import_file "$work/contacts.csv" "$mapping"; s1=$(since "$t")
    psql -q -c 'checkpoint'
    t=$(now); by_hand "$work/contacts.csv"; p2=$(since "$t")
    psql -q -c 'checkpoint'
    t=$(now); import_file "$work/contacts.csv" "$mapping"; s2=$(since "$t")
    psql -q -At -c "select case when count(*) = 0 then '' else 'DIFFERENT: ' || count(*) end from (select email, first_name, last_name, phone, company from contacts except select email, first_name, last_name, phone, company from bench.contacts) d" | grep . && exit 1
    awk -v r="$round" -v a="$p1" -v b="$s1" -v l="$l" -v c="$p2" -v d="$s2" 'BEGIN {printf "%5d  %8d  %11d  %5.2f  %6d  %5.2f  %10d  %13d  %5.2f\n", r, a, b, b/a, l, b/l, c, d, d/c}'
    awk -v a="$p1" -v b="$s1" 'BEGIN {print b/a}' >>"$work/new"
    awk -v a="$p2" -v b="$s2" 'BEGIN {print b/a}' >>"$work/again"
    awk -v a="$l" -v b="$s1" 'BEGIN {print b/a}' >>"$work/limit"
done
echo "median ratio: new $(median <"$work/new"), again $(median <"$work/again"); new to the limit $(median <"$work/limit")"
