package dev.importonce.contact;

import dev.importonce.cleanup.Group;
import dev.importonce.cleanup.Plan;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.target.type.Cells;
import dev.importonce.target.type.Email;
import dev.importonce.target.type.Normaliser;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Finds stored contacts with the same natural key, by the rule that imports use. Reads the table twice, page by page: the
 * first pass keeps a hash of eight bytes per contact and finds the keys that may occur twice; the second pass keeps only
 * contacts with these keys.
 */
@ApplicationScoped
class ContactKeys {
    private static final Email EMAIL = new Email();

    private static final String PAGE = """
            select id, org_id, email, created_at
            from contacts
            where ?::uuid is null or (id, org_id) > (?::uuid, ?::uuid)
            order by id, org_id
            limit 10000
            """;

    private final Sql sql;

    ContactKeys(Sql sql) {
        this.sql = sql;
    }

    Plan plan() {
        LongStream.Builder all = LongStream.builder();
        List<UUID> undecided = new ArrayList<>();
        eachContact(contact ->
                contact.key().ifPresentOrElse(key -> all.add(key.hash()), () -> undecided.add(contact.id())));
        long[] repeated = repeated(all.build().toArray());
        Map<Key, List<Stored>> byKey = new LinkedHashMap<>();
        eachContact(contact -> contact.key()
                .filter(key -> !key.email().equals(contact.email()) || Arrays.binarySearch(repeated, key.hash()) >= 0)
                .ifPresent(key ->
                        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(contact)));
        List<Group> groups = new ArrayList<>();
        byKey.forEach((key, contacts) -> group(key, contacts).ifPresent(groups::add));
        return new Plan(groups, undecided);
    }

    private static Optional<Group> group(Key key, List<Stored> contacts) {
        if (contacts.size() == 1 && contacts.get(0).email().equals(key.email())) return Optional.empty();
        contacts.sort(Stored.OLDEST_FIRST);
        List<UUID> ids = contacts.stream().map(Stored::id).toList();
        return Optional.of(new Group(ids.get(0), ids.subList(1, ids.size())));
    }

    /** The hashes that occur more than once, sorted, each once. */
    private static long[] repeated(long[] hashes) {
        Arrays.sort(hashes);
        LongStream.Builder repeated = LongStream.builder();
        for (int i = 1; i < hashes.length; i++)
            if (hashes[i] == hashes[i - 1] && (i == 1 || hashes[i] != hashes[i - 2])) repeated.add(hashes[i]);
        return repeated.build().toArray();
    }

    private void eachContact(Consumer<Stored> visitor) {
        Stored last = null;
        List<Stored> page;
        do {
            UUID id = last == null ? null : last.id();
            UUID org = last == null ? null : last.orgId();
            page = sql.list(PAGE, Stored::of, id, id, org);
            page.forEach(visitor);
            if (!page.isEmpty()) last = page.get(page.size() - 1);
        } while (!page.isEmpty());
    }

    /** The columns of the unique index, with the address as imports write it. */
    record Key(UUID orgId, String email) {
        private static final long FNV_OFFSET = 0xcbf29ce484222325L;
        private static final long FNV_PRIME = 0x100000001b3L;

        /** FNV-1a, 64 bits; two different keys with the same hash only cost an additional comparison. */
        long hash() {
            long hash = FNV_OFFSET ^ orgId.getMostSignificantBits() * FNV_PRIME ^ orgId.getLeastSignificantBits();
            for (int i = 0; i < email.length(); i++) hash = (hash ^ email.charAt(i)) * FNV_PRIME;
            return hash;
        }
    }

    /** The columns of a contact that its key needs; older tables allow nulls. */
    record Stored(UUID id, UUID orgId, String email, Instant createdAt) {
        static final Comparator<Stored> OLDEST_FIRST = Comparator.comparing(
                        Stored::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(contact -> contact.id().toString());

        static Stored of(Row row) {
            return new Stored(row.uuid("id"), row.uuid("org_id"), row.text("email"), row.instant("created_at"));
        }

        /** Empty when the contact has no key: it has no organisation, or its e-mail is not a valid address. */
        Optional<Key> key() {
            if (orgId == null || email == null) return Optional.empty();
            try {
                return Optional.of(new Key(orgId, EMAIL.restore(Cells.clean(email))));
            } catch (Normaliser.Refused e) {
                return Optional.empty();
            }
        }
    }
}
