package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contacts whose attributes others made anything but an object, where no rule has kept that out yet. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class OddAttributesTest extends ChunksByHand {
    private static final String RULE =
            "alter table contacts add constraint contacts_attributes_object check (jsonb_typeof(attributes) = 'object')";

    OddAttributesTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @BeforeEach
    void without_the_rule() {
        database.update("alter table contacts drop constraint contacts_attributes_object");
    }

    @AfterEach
    void with_the_rule_again() {
        database.update("delete from contacts");
        database.update(RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "\"x\"", "7", "true", "null"})
    void an_import_makes_an_object_of_them_and_keeps_them(String odd) {
        for (String rule : List.of("update", "fill"))
            for (String undoable : List.of("true", "false")) {
                stored(odd);

                JsonPath job = imported("\"onExisting\": \"%s\", \"undoable\": %s,".formatted(rule, undoable));

                assertEquals("completed", job.getString("status"), job::prettify);
                assertEquals(1, job.getInt("progress.updated"), job::prettify);
                String kept = odd.equals("null")
                        ? "{\"city\": \"Bonn\"}"
                        : "{\"city\": \"Bonn\", \"value\": %s}".formatted(odd);
                assertEquals(kept, attributes());
                if (undoable.equals("false")) continue;
                assertEquals(202, Undos.ask(job.getString("jobId")).statusCode());
                workToTheEnd();
                assertEquals(1, Imports.job(job.getString("jobId")).getInt("undo.undone"));
                assertEquals(odd.equals("null") ? "{}" : "{\"value\": %s}".formatted(odd), attributes());
            }
    }

    private void stored(String attributes) {
        database.update("delete from contacts");
        database.update(
                "insert into contacts (org_id, email, attributes) values ('00000000-0000-0000-0000-000000000001', 'a@example.com', ?::jsonb)",
                attributes);
    }

    private JsonPath imported(String properties) {
        String mapping =
                "{\"target\": \"contacts\", %s \"unmapped\": \"attributes\", \"fields\": {\"email\": \"email\"}}"
                        .formatted(properties);
        String job = Imports.run(
                        "email,city\na@example.com,Bonn\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), mapping)
                .path("jobId");
        workToTheEnd();
        return Imports.job(job);
    }

    private String attributes() {
        return (String)
                database.rows("select attributes::text from contacts").get(0).get(0);
    }
}
