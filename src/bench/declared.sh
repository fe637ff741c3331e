#!/usr/bin/env bash
# Compares the time of an import into a declared table of 20 typed columns, from upload to completed, with that of an expert's
# psql script (COPY to a temporary table of texts, one sorted upsert with casts) on the same server, in the same run:
# declared.sh [rows] [rounds]. Each round imports new rows and then the same file again. Last, the price of rows that the table
# refuses: 100 of 100,000, against none. Before that, the service does WARM_UP imports (10) of 10,000 rows.
set -euo pipefail
. "$(dirname "$0")/service.sh"
rows=${1:-500000}
rounds=${2:-3}
start_binary_or_java
columns="sku text, name text, note text, brand text, place text, weight integer, height integer, width integer, depth integer,
    price numeric(12, 2), cost numeric(12, 2), tax numeric(5, 2), released date, ends date, seen timestamptz, made timestamptz,
    is_active boolean, is_sold boolean, state text, supplier uuid"
psql -q <<SQL
create schema bench;
create table bench.items (org_id uuid not null, $columns, constraint fair check (weight < 1000000), unique (org_id, sku));
create table bench.by_hand (like bench.items including all);
SQL
psql -q -c "set importonce.target = 'bench.items'" -f "$project/supabase-compat/allow_target.sql"
fields=$(psql -At -c "select string_agg(format('{\"name\": \"%s\", \"column\": \"%s\", \"type\": \"%s\"%s}', replace(attname, '_', ''), attname,
    case format_type(atttypid, -1) when 'numeric' then 'decimal' when 'timestamp with time zone' then 'timestamp' else
        format_type(atttypid, -1) end,
    case when attname = 'tax' or attname = 'price' or attname = 'cost' then ', \"scale\": 2' else '' end), ', ' order by attnum)
    from pg_attribute where attrelid = 'bench.items'::regclass and attnum > 1")
curl -sSf -X PUT -H 'Content-Type: application/json' "$base/api/targets/items" -o /dev/null -d \
    "{\"name\": \"items\", \"table\": \"bench.items\", \"owner\": {\"organisation\": \"org_id\"}, \"key\": [\"sku\"], \"fields\": [$fields]}"
mapping=$(psql -At -c "select json_build_object('target', 'items', 'fields', json_object_agg(replace(attname, '_', ''), attname))
    from pg_attribute where attrelid = 'bench.items'::regclass and attnum > 1")

# A file of $1 rows in $2, of which $3 are refused by the table.
file_of() {
    psql -q -v ON_ERROR_STOP=1 -c "\\copy (select md5(n::text || '$RANDOM') as sku, 'Item ' || n as name, 'A note about ' || n as note, 'Brand ' || n % 100 as brand,
        'Place ' || n % 1000 as place, case when $3 > 0 and n % greatest(1, $1 / greatest(1, $3)) = 0 then 1000000 else n % 5000 end as weight,
        n % 300 as height, n % 200 as width, n % 100 as depth, (n % 100000) / 100.0 as price, (n % 50000) / 100.0 as cost, 19.00 as tax,
        date '2020-01-01' + n % 3000 as released, date '2030-01-01' + n % 3000 as ends, to_char(timestamp '2024-01-01' + n * interval '1 second',
        'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as seen, to_char(timestamp '2023-01-01' + n * interval '1 second', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as made,
        n % 2 = 0 as is_active, n % 3 = 0 as is_sold, (array['new', 'used', 'broken'])[1 + n % 3] as state, md5('s' || n % 50)::uuid as supplier
        from generate_series(1, $1) n order by random()) to '$2' csv header"
}

by_hand() {
    psql -q -v ON_ERROR_STOP=1 <<SQL
begin;
create temp table incoming (sku text, name text, note text, brand text, place text, weight text, height text, width text, depth text, price text,
    cost text, tax text, released text, ends text, seen text, made text, is_active text, is_sold text, state text, supplier text) on commit drop;
\copy incoming from '$1' csv header
insert into bench.by_hand as c
select distinct on (sku) '00000000-0000-0000-0000-000000000001'::uuid, sku, name, note, brand, place, weight::integer, height::integer,
    width::integer, depth::integer, price::numeric, cost::numeric, tax::numeric, released::date, ends::date, seen::timestamptz,
    made::timestamptz, is_active::boolean, is_sold::boolean, state, supplier::uuid
from incoming order by sku
on conflict (org_id, sku) do update set name = excluded.name, note = excluded.note, brand = excluded.brand, place = excluded.place,
    weight = excluded.weight, height = excluded.height, width = excluded.width, depth = excluded.depth, price = excluded.price,
    cost = excluded.cost, tax = excluded.tax, released = excluded.released, ends = excluded.ends, seen = excluded.seen, made = excluded.made,
    is_active = excluded.is_active, is_sold = excluded.is_sold, state = excluded.state, supplier = excluded.supplier;
commit;
SQL
}

for _ in $(seq "${WARM_UP:-10}"); do
    file_of 10000 "$work/warm.csv" 0
    import_file "$work/warm.csv" "$mapping"
done
echo "round  psql-new  service-new  ratio  psql-again  service-again  ratio   (ms, $rows rows of 20 columns)"
for round in $(seq "$rounds"); do
    file_of "$rows" "$work/items.csv" 0
    psql -q -c 'truncate bench.items, bench.by_hand' -c 'checkpoint'
    t=$(now); by_hand "$work/items.csv"; p1=$(since "$t")
    psql -q -c 'checkpoint'
    t=$(now); import_file "$work/items.csv" "$mapping"; s1=$(since "$t")
    psql -q -c 'checkpoint'
    t=$(now); by_hand "$work/items.csv"; p2=$(since "$t")
    psql -q -c 'checkpoint'
    t=$(now); import_file "$work/items.csv" "$mapping"; s2=$(since "$t")
    psql -q -At -c "select 'DIFFERENT: ' || count(*) from (select * from bench.items except select * from bench.by_hand) d having count(*) > 0" |
        grep . && exit 1
    awk -v r="$round" -v a="$p1" -v b="$s1" -v c="$p2" -v d="$s2" \
        'BEGIN {printf "%5d  %8d  %11d  %5.2f  %10d  %13d  %5.2f\n", r, a, b, b/a, c, d, d/c}'
done
echo "round  clean  100 of 100000 refused  ratio   (ms)"
for round in $(seq "$rounds"); do
    psql -q -c 'truncate bench.items' -c 'checkpoint'
    file_of 100000 "$work/clean.csv" 0
    t=$(now); import_file "$work/clean.csv" "$mapping"; c=$(since "$t")
    psql -q -c 'truncate bench.items' -c 'checkpoint'
    file_of 100000 "$work/refused.csv" 100
    t=$(now); import_file "$work/refused.csv" "$mapping"; b=$(since "$t")
    awk -v r="$round" -v c="$c" -v b="$b" 'BEGIN {printf "%5d  %5d  %22d  %5.2f\n", r, c, b, b/c}'
done
