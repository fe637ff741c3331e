package dev.importonce.contact;

import static java.util.stream.Collectors.groupingBy;

import dev.importonce.cleanup.Cleanup;
import dev.importonce.cleanup.Group;
import dev.importonce.cleanup.Plan;
import dev.importonce.cleanup.UniqueIndex;
import dev.importonce.contact.ContactKeys.Key;
import dev.importonce.contact.ContactKeys.Stored;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Merges contacts with the same address: the oldest stays and takes over values that it lacks; the others are deleted. Works
 * on older tables, too.
 */
@ApplicationScoped
class DuplicateContacts implements Cleanup {
    private static final UniqueIndex INDEX = new UniqueIndex("contacts", "unique_contact_email", """
            create unique index concurrently if not exists unique_contact_email on contacts (org_id, email)
            """);

    private static final List<String> TEXTS = List.of("first_name", "last_name", "phone", "company");

    private static final String REFERRERS = """
            select coalesce(string_agg(distinct conrelid::regclass::text, ', '), '') as tables
            from pg_constraint
            where contype = 'f' and confrelid = to_regclass('contacts')
            """;

    private static final String COLUMNS = """
            select attname::text as name
            from pg_attribute
            where attrelid = 'contacts'::regclass and not attisdropped and attgenerated = ''
              and (attname in ('first_name', 'last_name', 'phone', 'company') and atttypid in ('text'::regtype, 'varchar'::regtype)
                   or attname = 'attributes' and atttypid = 'jsonb'::regtype
                   or attname = 'updated_at' and atttypid = 'timestamptz'::regtype)
            """;

    private static final String LIMIT = """
            select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '30s', true)
            """;

    /** Two clean-ups at once: each skips the groups whose kept contact the other one holds. */
    private static final String LOCK = """
            select id, org_id, email, created_at
            from contacts
            where id = any (?::uuid[])
            order by id, org_id
            for update skip locked
            """;

    private static final String PRESENT = "select id from contacts where id = any (?::uuid[])";

    private static final String REMOVE = """
            with gone as (
                delete from contacts c
                using unnest(?::uuid[], ?::uuid[], ?::uuid[]) as p (org_id, kept, removed)
                where c.id = p.removed and c.org_id = p.org_id
                returning p.kept, c.id, to_jsonb(c) as whole
            )
            insert into dedupe_log (kind, kept_id, removed_id, removed)
            select 'contacts', kept, id, whole from gone
            returning id
            """;

    /**
     * Fills a column of {@link #TEXTS} that the kept contact lacks, from the oldest contact that had a value. Reads
     * dedupe_log, since the kept contact's address must be corrected before its other columns are written, and it can be
     * corrected only after the other contacts are deleted.
     */
    private static final String FILL = """
            update contacts k set %1$s = d.value
            from (
                select distinct on (1, 2) l.removed ->> 'org_id' as org_id, l.kept_id, l.removed ->> '%1$s' as value
                from dedupe_log l
                where l.id = any (?::uuid[]) and btrim(l.removed ->> '%1$s') <> ''
                order by 1, 2, (l.removed ->> 'created_at')::timestamptz, l.removed_id
            ) d
            where k.id = d.kept_id and k.org_id = d.org_id::uuid and coalesce(btrim(k.%1$s), '') = ''
            """;

    /**
     * jsonb keeps the last value of a key, which is here the oldest one; the kept contact's own values take precedence over
     * all others.
     */
    private static final String FILL_ATTRIBUTES = """
            update contacts k set attributes = d.attributes || coalesce(k.attributes, '{}')
            from (
                select l.removed ->> 'org_id' as org_id, l.kept_id, jsonb_object_agg(
                    a.key, a.value order by (l.removed ->> 'created_at')::timestamptz desc, l.removed_id desc) as attributes
                from dedupe_log l
                cross join jsonb_each(
                    case jsonb_typeof(l.removed -> 'attributes') when 'object' then l.removed -> 'attributes' else '{}' end) a
                where l.id = any (?::uuid[])
                group by 1, 2
            ) d
            where k.id = d.kept_id and k.org_id = d.org_id::uuid and jsonb_typeof(coalesce(k.attributes, '{}')) = 'object'
              and d.attributes || coalesce(k.attributes, '{}') is distinct from k.attributes
            """;

    private static final String WRITE_KEY = """
            update contacts c set email = p.email
            from unnest(?::uuid[], ?::uuid[], ?::text[]) as p (org_id, id, email)
            where c.id = p.id and c.org_id = p.org_id and c.email is distinct from p.email
            """;

    /** As in merges: updated_at equals created_at only in a new contact. */
    private static final String TOUCH = """
            update contacts c
            set updated_at = greatest(now(), c.created_at + interval '1 microsecond', c.updated_at + interval '1 microsecond')
            from unnest(?::uuid[], ?::uuid[]) as p (org_id, id)
            where c.id = p.id and c.org_id = p.org_id
            """;

    private final Sql sql;
    private final ContactKeys keys;
    private final AddressCheck check;

    DuplicateContacts(Sql sql, ContactKeys keys, AddressCheck check) {
        this.sql = sql;
        this.keys = keys;
        this.check = check;
    }

    @Override
    public String name() {
        return "contacts";
    }

    @Override
    public List<String> tables() {
        return List.of("contacts");
    }

    /** If other tables refer to contacts, deleting a contact would fail, or would silently delete the rows that refer to it. */
    @Override
    public String hindrance() {
        String tables = sql.one(REFERRERS, row -> row.text("tables"));
        return tables.isEmpty()
                ? ""
                : "Not applied: rows of " + tables + " refer to contacts. Drop those foreign keys for the time of the"
                        + " clean-up; dedupe_log then says which contact took over which.";
    }

    @Override
    public UniqueIndex index() {
        return INDEX;
    }

    @Override
    public String finish() {
        return check.tighten();
    }

    @Override
    public Plan plan() {
        return keys.plan();
    }

    @Override
    @Transactional
    public int apply(List<Group> batch) {
        sql.one(LIMIT, row -> row);
        List<Merge> merges = merges(batch);
        Object[] pairs = columns(
                merges.stream().flatMap(Merge::pairs).toList(), List.of(Pair::orgId, Pair::kept, Pair::removed));
        Object[] kept = columns(merges, List.of(Merge::orgId, Merge::id, Merge::email));
        if (merges.isEmpty()) return 0;
        List<String> columns = sql.list(COLUMNS, row -> row.text("name"));
        List<String> removed = sql.list(REMOVE, row -> row.uuid("id").toString(), pairs);
        Object logged = removed.toArray(String[]::new);
        int rewritten = sql.update(WRITE_KEY, kept);
        for (String column : TEXTS) if (columns.contains(column)) sql.update(FILL.formatted(column), logged);
        if (columns.contains("attributes")) sql.update(FILL_ATTRIBUTES, logged);
        if (columns.contains("updated_at")) sql.update(TOUCH, kept[0], kept[1]);
        return removed.size() + rewritten;
    }

    /** The groups that this transaction has locked whole, whose contacts still have the same key, and that need a merge. */
    private List<Merge> merges(List<Group> batch) {
        Map<UUID, List<Stored>> kept = lock(batch.stream().map(Group::kept));
        List<Group> held =
                batch.stream().filter(group -> kept.containsKey(group.kept())).toList();
        Map<UUID, List<Stored>> surplus = lock(held.stream().flatMap(group -> group.surplus().stream()));
        Set<UUID> others = heldByOthers(held, surplus.keySet());
        List<Merge> merges = new ArrayList<>();
        for (Group group : held) {
            // Without one of its contacts, the kept one would take over the values of a newer one.
            if (group.surplus().stream().anyMatch(others::contains)) continue;
            for (Stored contact : kept.get(group.kept()))
                contact.key()
                        .flatMap(key -> merge(contact, key, group, surplus))
                        .ifPresent(merges::add);
        }
        return merges;
    }

    private static Optional<Merge> merge(Stored kept, Key key, Group group, Map<UUID, List<Stored>> locked) {
        List<UUID> surplus = group.surplus().stream()
                .filter(id -> locked.getOrDefault(id, List.of()).stream()
                        .anyMatch(contact -> contact.key().filter(key::equals).isPresent()))
                .toList();
        return surplus.isEmpty() && kept.email().equals(key.email())
                ? Optional.empty()
                : Optional.of(new Merge(key, kept.id(), surplus));
    }

    private Map<UUID, List<Stored>> lock(Stream<UUID> ids) {
        return sql.list(LOCK, Stored::of, (Object) ids.map(UUID::toString).toArray(String[]::new)).stream()
                .collect(groupingBy(Stored::id));
    }

    private Set<UUID> heldByOthers(List<Group> groups, Set<UUID> locked) {
        String[] missing = groups.stream()
                .flatMap(group -> group.surplus().stream())
                .filter(id -> !locked.contains(id))
                .map(UUID::toString)
                .toArray(String[]::new);
        return Set.copyOf(sql.list(PRESENT, row -> row.uuid("id"), (Object) missing));
    }

    /** One array of texts per column. */
    private static <T> Object[] columns(List<T> rows, List<Function<T, Object>> columns) {
        return columns.stream()
                .map(column ->
                        rows.stream().map(row -> column.apply(row).toString()).toArray(String[]::new))
                .toArray();
    }

    private record Merge(Key key, UUID id, List<UUID> surplus) {
        UUID orgId() {
            return key.orgId();
        }

        String email() {
            return key.email();
        }

        Stream<Pair> pairs() {
            return surplus.stream().map(removed -> new Pair(orgId(), id, removed));
        }
    }

    private record Pair(UUID orgId, UUID kept, UUID removed) {}
}
