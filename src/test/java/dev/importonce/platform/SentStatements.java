package dev.importonce.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.OwnServer;
import dev.importonce.fixture.Partitioned;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database on a server that keeps every statement (pg_stat_statements) and writes the plan of every execution with what it went
 * through (auto_explain) to its log. Nothing but the tests takes statistics there.
 *
 * <p>By default it is partitioned, and the planner is told to go by keys where it can, and to plan with the values of parameters:
 * then the log says which partitions of which tables are in each plan. It is one of each table only if the planner knows the key,
 * which is then a plain parameter; a key from a sub-select or another table leaves all partitions in the plan, even if the
 * statement then looks into one. What is not seen: where rows go to, which PostgreSQL decides row by row.
 */
public class SentStatements extends OwnServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = "plan:\n";
    private static final Pattern PARTITION = Pattern.compile("(\\w+)_(\\d)");

    /**
     * An execution of a statement.
     *
     * @param id as in pg_stat_statements
     * @param text of what the service sent, or of what that led to: a trigger's, a foreign key's; on one line
     * @param plan its root, with what it went through
     */
    record Execution(long id, String text, JsonNode plan) {
        /** The tables of which several partitions are in its plan, whether it went through them or not. */
        Set<String> scattered() {
            return SentStatements.scattered(plan);
        }
    }

    /** Has the database left whole, and the planner to itself: a setting of the resource. */
    static final Map<String, String> WHOLE = Map.of("whole", "true");

    private boolean whole;

    @Override
    public void init(Map<String, String> settings) {
        whole = settings.equals(WHOLE);
    }

    @Override
    protected EmbeddedPostgres.Builder configured(EmbeddedPostgres.Builder kept) {
        String keysOnly = whole ? "on" : "off";
        return kept.setServerConfig("shared_preload_libraries", "pg_stat_statements,auto_explain")
                .setServerConfig("pg_stat_statements.max", "5000")
                .setServerConfig("auto_explain.log_min_duration", "0")
                .setServerConfig("auto_explain.log_analyze", "on")
                .setServerConfig("auto_explain.log_timing", "off")
                .setServerConfig("auto_explain.log_buffers", "on")
                // With the statement's id.
                .setServerConfig("auto_explain.log_verbose", "on")
                .setServerConfig("auto_explain.log_nested_statements", "on")
                .setServerConfig("auto_explain.log_format", "json")
                .setServerConfig("autovacuum", "off")
                .setServerConfig("plan_cache_mode", whole ? "auto" : "force_custom_plan")
                .setServerConfig("enable_seqscan", keysOnly)
                .setServerConfig("enable_hashjoin", keysOnly)
                .setServerConfig("enable_mergejoin", keysOnly);
    }

    @Override
    protected void prepare(Database database) {
        if (!whole) Partitioned.cut(database);
        database.update("create extension pg_stat_statements");
    }

    /** A value of that kind of key whose rows are in the last partition of every table that is cut by it. */
    UUID inLastPartition() {
        while (true) {
            UUID id = UUID.randomUUID();
            if (database().count("select satisfies_hash_partition('source_blocks'::regclass, 4, 3, ?)::int", id) == 1)
                return id;
        }
    }

    /** The tables that are cut, and by what. */
    Map<String, String> cuts() {
        Map<String, String> cuts = new TreeMap<>();
        database().rows("""
                select p.partrelid::regclass::text, a.attname::text
                from pg_partitioned_table p
                join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
                """).forEach(cut -> cuts.put((String) cut.get(0), (String) cut.get(1)));
        return cuts;
    }

    /** The tables that are not cut. */
    Set<String> uncut() {
        Set<String> whole = new TreeSet<>();
        database().rows("""
                select relname::text from pg_class
                where relkind = 'r' and not relispartition and relnamespace = 'public'::regnamespace
                """).forEach(table -> whole.add((String) table.get(0)));
        return whole;
    }

    /** Forgets what was sent until now. */
    void reset() {
        database().rows("select pg_stat_statements_reset() is null");
    }

    /** What pg_stat_statements has since the last reset and names one of these tables, but COPY, which has no plan: by its id. */
    Map<Long, String> named(Set<String> tables) {
        Map<Long, String> named = new HashMap<>();
        database()
                .rows(
                        "select queryid, query from pg_stat_statements where toplevel and query ~ ? and query !~* '^\\s*(copy|create|drop) '",
                        "\\m(" + String.join("|", tables) + ")\\M")
                .forEach(row -> named.put((Long) row.get(0), (String) row.get(1)));
        return named;
    }

    /**
     * Of which tables several partitions are in the plan of a statement, given the same id for each parameter that is one, and
     * any value for the others.
     */
    Set<String> planned(String statement, UUID id) {
        Map<String, String> values = Map.of(
                "uuid",
                id.toString(),
                "text",
                "x",
                "varchar",
                "x",
                "jsonb",
                "{}",
                "interval",
                "PT1S",
                "bool",
                "true",
                "timestamptz",
                "now");
        try (Connection connection = database().connect();
                PreparedStatement typed = connection.prepareStatement(statement);
                PreparedStatement explain = connection.prepareStatement("explain (format json) " + statement)) {
            ParameterMetaData parameters = typed.getParameterMetaData();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                String type = parameters.getParameterTypeName(i);
                explain.setObject(i, type.startsWith("_") ? "{}" : values.getOrDefault(type, "1"), Types.OTHER);
            }
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return scattered(JSON.readTree(plan.getString(1)).path(0).path("Plan"));
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** What the service has had executed since the server was started. */
    List<Execution> executions() throws IOException {
        List<Execution> executions = new ArrayList<>();
        for (String line : log().lines()) {
            JsonNode entry = JSON.readTree(line);
            String message = entry.path("message").asText();
            int plan = message.indexOf(PLAN);
            if (plan < 0 || !entry.path("application_name").asText().equals("importonce")) continue;
            JsonNode explained = JSON.readTree(message.substring(plan + PLAN.length()));
            executions.add(new Execution(
                    explained.path("Query Identifier").asLong(),
                    OwnStatements.flat(explained.path("Query Text").asText()),
                    explained.path("Plan")));
        }
        return executions;
    }

    private static Set<String> scattered(JsonNode plan) {
        Map<String, Set<String>> touched = new HashMap<>();
        collect(plan, touched);
        touched.values().removeIf(partitions -> partitions.size() == 1);
        return new TreeSet<>(touched.keySet());
    }

    private static void collect(JsonNode node, Map<String, Set<String>> touched) {
        Matcher partition = PARTITION.matcher(node.path("Relation Name").asText());
        if (!node.path("Node Type").asText().equals("ModifyTable") && partition.matches())
            touched.computeIfAbsent(partition.group(1), table -> new HashSet<>())
                    .add(partition.group(2));
        node.path("Plans").forEach(child -> collect(child, touched));
    }
}
