package dev.importonce.send;

import static dev.importonce.fixture.Declared.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file of messages, imported into the send queue. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MessageImportApiTest {
    private static final String FIELDS = """
            "fields": {"campaignId": "campaign", "prospectId": "prospect", "step": "step", "channel": "channel", "body": "body",
            "scheduledFor": "at"}}
            """;
    private static final String MAPPING = "{\"target\": \"messages\", " + FIELDS;
    private static final String SKIPPING = "{\"target\": \"messages\", \"onExisting\": \"skip\", " + FIELDS;

    Database database;

    @BeforeEach
    void empty_queue() {
        database.update("truncate send_queue, sent_messages, send_rates");
    }

    @Test
    void each_message_of_a_file_imported_again_is_enqueued_once() {
        byte[] file =
                csv("spring,ann,1,messenger,\"Hello,\nAnn.\",2030-01-31T10:00:00+01:00", "spring,bob,1,mail,Hello,");

        assertEquals("inserted 2", outcome(imported(file, MAPPING)));
        assertEquals("unchanged 2", outcome(imported(file, MAPPING)));
        assertEquals("skipped 2", outcome(imported(file, SKIPPING)));

        List<Map<String, Object>> items = items();
        assertEquals(
                List.of("ann", "bob"),
                items.stream().map(item -> item.get("prospectId")).toList());
        assertEquals("2030-01-31T09:00:00Z", items.get(0).get("scheduledFor"));
        assertEquals("Hello,\nAnn.", items.get(0).get("body"));
        assertEquals("pending", items.get(0).get("status"));
        assertEquals(2, database.count("select count(*) from send_rates"));
        assertEquals(0, database.count("select count(*) from message_staging"));
    }

    @Test
    void what_is_in_the_queue_is_never_altered() {
        Messages.enqueued(Messages.to("spring", "ann", "messenger"));

        JsonPath job = imported(csv("spring,ann,01,mail,Something else,"), MAPPING);

        assertEquals("unchanged 1", outcome(job));
        assertEquals("Hello, Ann.", items().get(0).get("body"));
        assertEquals("messenger", items().get(0).get("channel"));
    }

    @Test
    void an_imported_message_that_is_enqueued_later_is_the_same_one() {
        imported(csv("spring,ann,1,messenger,Imported,"), MAPPING);

        JsonPath again = Messages.post(List.of(Messages.to("spring", "ann", "messenger")))
                .jsonPath();

        assertEquals(List.of(false), again.getList("items.created"));
        assertEquals("Imported", items().get(0).get("body"));
    }

    @Test
    void the_whole_natural_key_counts_and_the_last_row_of_a_key_wins() {
        JsonPath job = imported(
                csv("a,bc,1,m,one,", "ab,c,1,m,two,", "a,bc,2,m,three,", "a,bc,01,m,four,", "a,BC,1,m,five,"), MAPPING);

        assertEquals("inserted 4, overridden 1", outcome(job));
        assertEquals(
                List.of("five", "four", "three", "two"),
                items().stream().map(item -> (String) item.get("body")).sorted().toList());
    }

    @Test
    void rows_that_are_no_messages_are_rejected_with_their_reasons() {
        JsonPath job = imported(
                csv(
                        ",ann,1,m,b,",
                        "c,,1,m,b,",
                        "c,p,,m,b,",
                        "c,p,-1,m,b,",
                        "c,p,10001,m,b,",
                        "c,p,1,,b,",
                        "c,p,1,m,,",
                        "c,p,1,m,b,tomorrow",
                        "c,p,1,m,b,1969-01-01T00:00:00Z",
                        "x".repeat(129) + ",p,1,m,b,",
                        "c,p,1,m,b,"),
                MAPPING);

        assertEquals("inserted 1, rejected 10", outcome(job));
        String rejects = RestAssured.get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        for (String reason : List.of(
                "campaign is blank.",
                "prospect is blank.",
                "step is blank.",
                "step \"\"-1\"\" is not a whole number from 0 to 10000.",
                "step \"\"10001\"\" is not a whole number from 0 to 10000.",
                "channel is blank.",
                "body is blank.",
                "at \"\"tomorrow\"\" is not a time such as 2030-01-31T09:00:00Z.",
                "at \"\"1969-01-01T00:00:00Z\"\" is not a time from 1970 to 2999.",
                "is longer than 128 characters.")) assertTrue(rejects.contains(reason), reason + "\n" + rejects);
    }

    @Test
    void times_as_spreadsheets_write_them_are_taken() {
        JsonPath job = imported(
                Cases.file("36-excel-dates-for-messages.msg_date_local.csv"),
                "{\"target\":\"messages\",\"fields\":{\"campaignId\":\"Campaign\",\"prospectId\":\"Prospect\",\"step\":\"Step\",\"channel\":"
                        + "\"Channel\",\"body\":\"Body\",\"scheduledFor\":\"When\"}}");

        assertEquals("inserted 6, rejected 1", outcome(job));
        List<Map<String, Object>> items = items();
        assertEquals(
                List.of("p1", "p2", "p3", "p4", "p5", "p7"),
                items.stream().map(item -> item.get("prospectId")).toList());
        assertEquals(
                List.of(
                        "2030-01-31T09:00:00Z",
                        "2030-01-31T00:00:00Z",
                        "2030-01-31T09:00:00Z",
                        "2030-01-31T08:00:00Z",
                        "2030-01-31T09:00:00Z"),
                Stream.of(0, 1, 2, 3, 5)
                        .map(i -> items.get(i).get("scheduledFor"))
                        .toList());
        assertEquals(1, items.get(4).get("step"));
        assertRejected(job, "Step \"\"one\"\" is not a whole number from 0 to 10000.");
        assertEquals(3, job.getInt("notices.find { it.code == 'times-in-utc' }.count"), job::prettify);
    }

    @Test
    void times_are_read_in_the_order_and_zone_of_the_mapping() {
        JsonPath job = imported(
                csv(
                        "c,p1,2.00,m,b,03/04/2030 09:00",
                        "c,p2,1,m,b,2030-07-31 09:00:00",
                        "c,p3,1,m,b,2030-07-31T09:00:00Z",
                        "c,p4,1,m,b,2030-03-31 02:30",
                        "c,p5,1,m,b,2030-10-27 02:30",
                        "c,p6,1,m,b,01/31/2030"),
                "{\"dates\": {\"order\": \"dmy\", \"zone\": \"Europe/Berlin\"}, " + MAPPING.substring(1));

        assertEquals("inserted 3, rejected 3", outcome(job));
        assertEquals(List.of(), job.getList("notices"));
        assertEquals(
                List.of("2030-04-03T07:00:00Z", "2030-07-31T07:00:00Z", "2030-07-31T09:00:00Z"),
                items().stream().map(item -> item.get("scheduledFor")).toList());
        assertEquals(2, items().get(0).get("step"));
        assertRejected(
                job,
                "at \"\"2030-03-31 02:30\"\" does not exist in Europe/Berlin: the clocks are set forward over it.");
        assertRejected(job, "at \"\"2030-10-27 02:30\"\" is twice in Europe/Berlin, since the clocks are set back:");
        assertRejected(job, "at \"\"01/31/2030\"\" is not a date in the order dmy, which dates.order names.");
    }

    @Test
    void times_that_could_be_two_are_rejected() {
        JsonPath job = imported(
                csv("c,p1,1,m,b,03/04/2030", "c,p2,1,m,b,1/31/30", "c,p3,1.5,m,b,", "c,p4,1.000,m,b,"), MAPPING);

        assertEquals("rejected 4", outcome(job));
        assertRejected(
                job,
                "at \"\"03/04/2030\"\" is ambiguous: it may be 2030-04-03 or 2030-03-04; set dates.order in the mapping to"
                        + " dmy or mdy.");
        assertRejected(job, "at \"\"1/31/30\"\" has a year of two digits: write it with four.");
        assertRejected(job, "step \"\"1.5\"\" is not a whole number from 0 to 10000.");
        assertRejected(
                job,
                "step \"\"1.000\"\" is ambiguous: it may be 1 or 1000; set numbers.decimal in the mapping to . or ,.");
    }

    @Test
    void the_sign_of_decimals_says_what_a_number_means() {
        String numbers = MAPPING.replaceFirst("\\{", "{\"numbers\":{\"decimal\":\",\"},");
        JsonPath job = imported(csv("c,p1,1.000,m,b,", "c,p2,\"2,0\",m,b,", "c,p3,3.0,m,b,"), numbers);

        assertEquals("inserted 2, rejected 1", outcome(job));
        assertRejected(job, "step \"\"3.0\"\" is not a whole number from 0 to 10000.");
    }

    @Test
    void the_date_of_a_spreadsheet_is_a_local_time() {
        byte[] file = Formats.xlsx(
                List.of(
                        List.of("campaign", "prospect", "step", "channel", "body", "at"),
                        List.of("c", "p1", "1", "m", "b", "2030-01-31 09:00:00")),
                "Messages");

        assertEquals(
                "inserted 1",
                outcome(imported(file, "{\"dates\": {\"zone\": \"Asia/Tokyo\"}, " + MAPPING.substring(1))));
        assertEquals("2030-01-31T00:00:00Z", items().get(0).get("scheduledFor"));
    }

    private static void assertRejected(JsonPath job, String reason) {
        String rejects = RestAssured.get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        assertTrue(rejects.contains(reason), reason + "\n" + rejects);
    }

    @Test
    void what_messages_do_not_have_is_refused() {
        byte[] file = csv("c,p,1,m,b,");
        Refusal.of(Imports.run(file, "{\"undoable\": true, " + MAPPING.substring(1)))
                .is("invalid-mapping", "The mapping cannot be used: An import into messages cannot be undone.");
        Refusal.of(Imports.run(file, "{\"unmapped\": \"attributes\", " + MAPPING.substring(1)))
                .is(
                        "invalid-mapping",
                        "The mapping cannot be used: messages have no attributes: ignore other columns.");
        Refusal.of(Imports.run(
                        file,
                        "{\"target\": \"messages\", \"fields\": {\"campaignId\": \"campaign\", \"body\": \"body\"}}"))
                .faults(
                        "/fields/prospectId: messages need the field prospectId.",
                        "/fields/step: messages need the field step.",
                        "/fields/channel: messages need the field channel.");
        assertEquals(0, database.count("select count(*) from send_queue"));
    }

    private static byte[] csv(String... rows) {
        return ("campaign,prospect,step,channel,body,at\n" + String.join("\n", rows) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonPath imported(byte[] file, String mapping) {
        JsonPath job = Imports.imported(file, mapping);
        assertEquals("completed", job.getString("status"), job::prettify);
        return job;
    }

    /** By prospect. */
    private static List<Map<String, Object>> items() {
        List<Map<String, Object>> items =
                RestAssured.get("/api/send-queue").jsonPath().getList("items");
        items.sort(java.util.Comparator.comparing(item -> (String) item.get("prospectId")));
        return items;
    }
}
