#!/usr/bin/env bash
# Measures the bytes of an import, independent of other load of the machine: write-ahead log per contact, tables and indexes
# per contact, staging at its largest: volume.sh [rows] [contacts that are there before]. With more existing contacts, each
# import changes more pages of the index on addresses, and each changed page is logged completely once after a checkpoint.
set -euo pipefail
. "$(dirname "$0")/service.sh"
rows=${1:-100000}
before=${2:-0}
mapping='{"target":"contacts","fields":{"email":"email","firstName":"first_name","lastName":"last_name","phone":"phone","company":"company"}}'
start_service
ask() { psql -q -At -c "$1"; }
java "$(dirname "$0")/Contacts.java" "$rows" 7 >"$work/contacts.csv"
tail -n +2 "$work/contacts.csv" | sed 's/^\([^,]*\),[^,]*,/\1,Changed,/' | sed "1i $(head -1 "$work/contacts.csv")" >"$work/changed.csv"
ask "insert into contacts (org_id, email) select '00000000-0000-0000-0000-000000000001', md5(n::text) || '@before.example' from generate_series(1, $before) n"
echo "$rows contacts, $before there before, $(stat -c %s "$work/contacts.csv") bytes of CSV, $(ask 'show server_version'), full_page_writes $(ask 'show full_page_writes')"
import() {
    # After a checkpoint, pages that change for the first time are logged completely, as in normal operation.
    ask checkpoint
    local start
    start=$(ask 'select pg_current_wal_lsn()')
    import_file "$2" "$mapping"
    echo "$1: $(ask "select round((pg_current_wal_lsn() - '$start') / $rows.0) || ' bytes of write-ahead log per row'")"
}
import 'new' "$work/contacts.csv"
ask 'vacuum analyze contacts'
ask "select 'contacts: ' || pg_relation_size('contacts') / ($rows + $before) || ' bytes per contact' union all
     select indexrelname || ': ' || pg_relation_size(indexrelid) / ($rows + $before) || ' bytes per contact' from pg_stat_user_indexes where relname = 'contacts' union all
     select 'stored file: ' || (select sum(length(payload)) from source_blocks) / $rows || ' bytes per row' union all
     select 'staging: ' || pg_total_relation_size('target_staging') / $rows || ' bytes per row, until the next import has the space'"
import 'the same again' "$work/contacts.csv"
import 'all changed' "$work/changed.csv"
