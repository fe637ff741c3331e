package dev.importonce.target.declare;

import dev.importonce.json.StrictJson;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The declarations in the database. */
@ApplicationScoped
public class StoredTargets {
    private static final Logger LOG = Logger.getLogger(StoredTargets.class);

    /** Number of targets that are listed; operators declare them, one by one. */
    private static final int MOST = 1_000;

    private static final String FIND = "select declaration from import_targets where name = ?";

    private static final String LIST = "select declaration from import_targets order by name limit ?";

    /** If two operators declare the same target at once, the later one counts. A declaration that is the same has no new version. */
    private static final String PUT = """
            insert into import_targets as t (name, declaration)
            values (?, ?::json)
            on conflict (name) do update set
                version = t.version + (t.declaration::text <> excluded.declaration::text)::integer,
                declaration = excluded.declaration,
                updated_at = greatest(now(), t.created_at + interval '1 microsecond')
            returning version, created_at = updated_at as created
            """;

    private static final String REMOVE = "delete from import_targets where name = ?";

    private final Sql sql;

    StoredTargets(Sql sql) {
        this.sql = sql;
    }

    /** The declaration of that name, as JSON. */
    public Optional<String> json(String name) {
        return sql.first(FIND, row -> row.text("declaration"), name);
    }

    /** The target of that name. */
    Optional<Target> find(String name) {
        return json(name).flatMap(StoredTargets::target);
    }

    /** By name; without those that only another version can read. */
    List<Target> list() {
        return sql.list(LIST, row -> row.text("declaration"), MOST).stream()
                .flatMap(json -> target(json).stream())
                .toList();
    }

    /** @return whether it is new */
    boolean put(String name, String json) {
        return sql.one(
                PUT,
                row -> {
                    LOG.infof("target %s declared, version %d", name, row.bigint("version"));
                    return row.bool("created");
                },
                name,
                json);
    }

    /** @return whether it was there */
    boolean remove(String name) {
        boolean removed = sql.update(REMOVE, name) == 1;
        if (removed) LOG.infof("target %s removed", name);
        return removed;
    }

    /** The target that a stored declaration describes; empty: another version has written it, and this one cannot read it. */
    public static Optional<Target> target(String json) {
        DeclarationReader.Outcome read =
                DeclarationReader.read(StrictJson.parse("declaration", json.getBytes(StandardCharsets.UTF_8)));
        if (read.declaration() == null) LOG.warnf("a declaration cannot be read by this version: %s", read.faults());
        return Optional.ofNullable(read.declaration()).map(DeclaredTarget::of);
    }
}
