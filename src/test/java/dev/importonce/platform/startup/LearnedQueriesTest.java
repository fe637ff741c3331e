package dev.importonce.platform.startup;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import dev.importonce.paging.Cursor;
import dev.importonce.paging.TimeCursor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;
import org.junit.jupiter.api.Test;

/** What the native binary's parser has learned is all that the service's queries need. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(LearnedQueriesTest.NothingReadYet.class)
class LearnedQueriesTest {
    /** Of its own, since Hibernate parses each query only once in a service. */
    public static class NothingReadYet extends WithTokens {}

    private static final int A_FEW = 2;

    @Test
    void the_parser_learns_next_to_nothing_from_what_is_read() {
        ParserATNSimulator parser = HqlParseTreeBuilder.INSTANCE
                .buildHqlParser("", HqlParseTreeBuilder.INSTANCE.buildHqlLexer(""))
                .getInterpreter();
        String id = UUID.randomUUID().toString();
        parser.clearDFA();
        assertEquals(404, status(Jwt.ofService(), "/api/chats/" + id));
        assertTrue(states(parser) > A_FEW, "another parser reads queries");

        parser.clearDFA();
        LearnedQueries.learn();
        int learned = states(parser);
        assertTrue(learned > 100, () -> learned + " states");

        for (Jwt caller : List.of(Jwt.of(UUID.randomUUID()), Jwt.ofService())) {
            assertEquals(404, status(caller, "/api/migrations/" + id));
            assertEquals(404, status(caller, "/api/chats/" + id));
        }
        Jwt user = Jwt.of(UUID.randomUUID()).with("app_metadata", Map.of("org_id", id));
        assertEquals(404, status(user, "/api/send-queue/" + id));
        String time = new TimeCursor(Instant.EPOCH, UUID.fromString(id)).write();
        for (String list : List.of(
                "migrations?limit=1",
                "migrations?status=completed&cursor=" + time,
                "contacts?email=ann@example.com",
                "migrations?target=contacts&since=2030-12-31T00:00:00Z&before=2031-12-31T00:00:00Z",
                "contacts?search=ann",
                "contacts?containing=ann",
                "contacts?limit=1",
                "send-queue?limit=1",
                "send-queue?status=sent",
                "send-queue?status=pending&campaignId=c&cursor=" + Cursor.write(id)))
            assertEquals(200, status(user, "/api/" + list), list);

        assertTrue(states(parser) - learned <= A_FEW, () -> states(parser) + " states, of which it learned " + learned);
    }

    private static int status(Jwt caller, String path) {
        return given().header("Authorization", "Bearer " + caller.sign())
                .get(path)
                .statusCode();
    }

    private static int states(ParserATNSimulator parser) {
        return Arrays.stream(parser.decisionToDFA)
                .mapToInt(dfa -> dfa.states.size())
                .sum();
    }
}
