-- Files that were changed before there was a release, so that they also apply to tables that are older than this service (and a
-- second time). On an empty database they make what they made: whoever has applied them is where they lead to.
do $do$
begin
    if to_regclass('flyway_schema_history') is not null then
        update flyway_schema_history h
        set checksum = c.now
        from (values
            ('20250123000000', -1222067952, -343313917),
            ('20250124000000', -214280979, -930092505),
            ('20250125000000', -1592258934, 1938945600)) as c (version, was, now)
        where h.version = c.version and h.checksum = c.was;
    end if;
end
$do$;
