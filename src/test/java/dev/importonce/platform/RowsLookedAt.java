package dev.importonce.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What an execution had to look at, by its plan: rows and pages, node by node. */
final class RowsLookedAt {
    private static final List<String> PASSED_OVER =
            List.of("Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck");

    private RowsLookedAt() {}

    /**
     * The nodes of a plan that went through more than they may, in words.
     *
     * @param most rows that each may have passed on or passed over, all its loops together. Of pages each may have read what as
     *     many look-ups by key do: so many that an index that is read from end to end is told from them
     */
    static List<String> beyond(JsonNode plan, long most) {
        List<String> beyond = new ArrayList<>();
        collect(plan, most, beyond);
        return beyond;
    }

    private static void collect(JsonNode node, long most, List<String> beyond) {
        double loops = node.path("Actual Loops").asDouble();
        double rows = node.path("Actual Rows").asDouble() * loops;
        for (String passedOver : PASSED_OVER) rows += node.path(passedOver).asDouble() * loops;
        double pages = pages(node);
        for (JsonNode child : node.path("Plans")) pages -= pages(child);
        boolean reads =
                node.has("Relation Name") && node.path("Node Type").asText().endsWith("Scan");
        if (rows > most || reads && pages > 10 * loops + 5 * rows + 50)
            beyond.add("%s%s%s: %.0f rows, %.0f pages, %.0f loops"
                    .formatted(
                            node.path("Node Type").asText(),
                            node.has("Index Name")
                                    ? " by " + node.path("Index Name").asText()
                                    : "",
                            node.has("Relation Name")
                                    ? " on " + node.path("Relation Name").asText()
                                    : "",
                            rows,
                            pages,
                            loops));
        node.path("Plans").forEach(child -> collect(child, most, beyond));
    }

    private static double pages(JsonNode node) {
        return node.path("Shared Hit Blocks").asDouble()
                + node.path("Shared Read Blocks").asDouble();
    }
}
