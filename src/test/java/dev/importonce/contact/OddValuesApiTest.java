package dev.importonce.contact;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** Values that are none, or no longer: what stands for nothing, and numbers that a spreadsheet has rounded. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OddValuesApiTest {
    @Test
    void a_phone_with_lost_digits_does_not_replace_the_stored_one() {
        String mapping = "{\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"phone\":\"Phone\"}}";
        Imports.imported("Email,Phone\now@a.example,+49 1512 3456789\n".getBytes(), mapping);

        JsonPath job = Imports.imported(Cases.file("10-error-cells-overwrite.ow1.csv"), mapping);

        assertEquals(1, job.getInt("progress.rejected"));
        String rejects = given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        assertTrue(
                rejects.contains(
                        "Phone \"\"4.9E+11\"\" is a number whose digits are lost: format the column as text in the spreadsheet and save it again."),
                rejects);
        assertEquals("+49 1512 3456789", contact("ow@a.example", "phone"));
    }

    @Test
    void what_stands_for_nothing_is_blank_if_the_mapping_says_so() {
        byte[] file = "Email,First,Last\nnull@a.example,\\N,Null\n".getBytes();
        String fields =
                "\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"firstName\":\"First\",\"lastName\":\"Last\"}";

        Imports.imported(file, "{" + fields + "}");
        assertEquals("\\N", contact("null@a.example", "firstName"));
        Imports.imported(
                file,
                "{" + fields + ",\"onBlank\":\"clear\",\"values\":{\"firstName\":{\"NULL\":\"\",\"\\\\N\":\"\"}}}");
        assertNull(contact("null@a.example", "firstName"));
        assertEquals("Null", contact("null@a.example", "lastName"));
    }

    private static String contact(String email, String field) {
        return given().queryParam("email", email)
                .get("/api/contacts")
                .jsonPath()
                .getString("items[0]." + field);
    }
}
