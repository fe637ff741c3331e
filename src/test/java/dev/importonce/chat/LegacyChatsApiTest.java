package dev.importonce.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.NotPartitioned;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Incident 3's old rows: 12 chats without a key, 2 of them duplicates. */
@QuarkusTest
@TestProfile(LegacyChatsApiTest.OnLegacyChats.class)
@NotOnCitus("begins with tables from before this service")
@NotPartitioned("begins with tables from before this service")
class LegacyChatsApiTest {
    Database database;

    private final ChatRepair repair;

    LegacyChatsApiTest(ChatRepair repair) {
        this.repair = repair;
    }

    /** On a database that another service has left. */
    public static class OnLegacyChats implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(LegacyChats.class));
        }
    }

    /** One story: the order of what happens is what matters. */
    @Test
    void ten_keys_are_filled_in_two_chats_merged_and_no_message_lost() {
        assertEquals(12, database.count("select count(*) from chats where participants_key is null"));
        Response old = given().get("/api/chats/" + id(1));
        assertEquals(List.of("Other1", "User_1"), old.path("participants"));
        assertNull(old.path("participantsKey"));
        for (int chat = 1; chat <= 12; chat++)
            for (int message = 1; message <= chat; message++) Talk.post(id(chat), "message " + message + " in " + chat);

        assertEquals(
                new RepairPlan(
                        10,
                        2,
                        0,
                        List.of(
                                new RepairPlan.Duplicate(id(1), id(11), 11),
                                new RepairPlan.Duplicate(id(2), id(12), 12))),
                repair.plan());
        assertEquals(12, database.count("select count(*) from chats where participants_key is null"));

        assertEquals(10, repair.fillKeys());
        assertEquals(
                List.of(List.of(id(11)), List.of(id(12))),
                database.rows("select id from chats where participants_key is null order by id"));

        assertEquals(new Repaired(0, 2, 23), repair.mergeDuplicates());
        assertEquals(new Repaired(0, 0, 0), repair.mergeDuplicates());
        assertEquals(new RepairPlan(0, 0, 0, List.of()), repair.plan());

        assertEquals(12, database.count("select count(*) from chats"));
        assertEquals(78, database.count("select count(*) from chat_messages"));
        assertEquals(12, database.count("select count(*) from chat_messages where chat_id = ?", id(1)));
        assertEquals(14, database.count("select count(*) from chat_messages where chat_id = ?", id(2)));
        for (int chat : new int[] {1, 11}) {
            assertEquals(id(1).toString(), given().get("/api/chats/" + id(chat)).path("id"));
            assertEquals(12, (int)
                    given().get("/api/chats/" + id(chat) + "/messages").path("items.size()"));
        }
        Response found = Talk.createOrGet("User_1", "Other1");
        assertEquals(200, found.statusCode());
        assertEquals(id(1).toString(), found.path("chat.id"));
        assertEquals("Other1_User\\_1", found.path("chat.participantsKey"));
        assertEquals(List.of("Other1", "User_1"), found.path("chat.participants"));
    }

    private static UUID id(int chat) {
        return new UUID(0, Long.parseLong(String.valueOf(chat), 16));
    }
}
