package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.client.ApiClient;
import dev.importonce.client.ApiException;
import dev.importonce.client.ChatsApi;
import dev.importonce.client.ContactsApi;
import dev.importonce.client.ImportsApi;
import dev.importonce.client.OperationApi;
import dev.importonce.client.SendQueueApi;
import dev.importonce.client.TargetsApi;
import dev.importonce.client.model.Job;
import dev.importonce.client.model.JobStatus;
import dev.importonce.client.model.NewMessage;
import dev.importonce.client.model.NewSendItem;
import dev.importonce.client.model.NewSendItems;
import dev.importonce.client.model.Participants;
import dev.importonce.client.model.Problem;
import dev.importonce.client.model.Run;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that was made of the description, not written: it takes no answer with anything that is not described. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class GeneratedClientApiTest {
    private final String email = UUID.randomUUID() + "@example.com";

    @TempDir
    Path folder;

    private ApiClient client;
    private ObjectMapper json;
    private File file;

    @BeforeEach
    void a_strict_client() throws IOException {
        json = ApiClient.createDefaultObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        client = new ApiClient().setObjectMapper(json);
        client.updateBaseUri("http://localhost:" + RestAssured.port);
        file = Files.write(folder.resolve("contacts.csv"), Imports.csv(email + ",Ann,Lee\nnobody,Bob,Ray"))
                .toFile();
    }

    @Test
    void it_imports_a_file_and_sees_what_became_of_it() throws Exception {
        ImportsApi imports = new ImportsApi(client);
        // By its key it is the same import also when it has ended meanwhile.
        String key = UUID.randomUUID().toString();
        Run run = imports.runImport(file, Imports.MAPPING, null, null, key);
        assertTrue(run.getCreated());
        assertEquals(
                run.getJobId(),
                imports.runImport(file, Imports.MAPPING, null, null, key).getJobId());

        Imports.ended(run.getJobId().toString());
        Job job = imports.getJob(run.getJobId());
        assertEquals(JobStatus.COMPLETED, job.getStatus());
        assertEquals(1, job.getProgress().getInserted());
        assertEquals(1, job.getProgress().getRejected());
        assertEquals(
                "Ann",
                new ContactsApi(client)
                        .listContacts(null, null, email, null, null, null)
                        .getItems()
                        .get(0)
                        .getFirstName());
        assertTrue(
                imports.listJobs(null, null, 500, null, null, null).getItems().contains(job));
    }

    @Test
    void it_is_told_of_a_problem() throws Exception {
        ApiException refused =
                assertThrows(ApiException.class, () -> new ImportsApi(client).runImport(file, "{}", null, null, null));
        assertEquals(422, refused.getCode());
        Problem problem = json.readValue(refused.getResponseBody(), Problem.class);
        assertEquals("urn:importonce:problem:invalid-mapping", problem.getType().toString());
        assertTrue(problem.getErrors().stream().anyMatch(fault -> "/target".equals(fault.getPointer())));
    }

    @Test
    void it_understands_all_other_answers() throws Exception {
        assertEquals(
                2,
                new ImportsApi(client)
                        .previewImport(file, null, null, Imports.MAPPING)
                        .getSampleRows()
                        .size());
        assertTrue(new TargetsApi(client).listTargets().getItems().size() > 1);
        OperationApi operation = new OperationApi(client);
        assertEquals(false, operation.getSignIn().getRequired());
        operation.processImports(null, null);
        operation.checkIntegrity();

        ChatsApi chats = new ChatsApi(client);
        UUID chat = chats.createOrGetChat(new Participants().participants(List.of("b", "a")))
                .getChat()
                .getId();
        chats.postMessage(chat, new NewMessage().body("Hello"));
        assertEquals(
                chat, chats.listMessages(chat, null, null).getItems().get(0).getChatId());

        SendQueueApi queue = new SendQueueApi(client);
        NewSendItem item = new NewSendItem()
                .campaignId(email)
                .prospectId("p")
                .step(1)
                .channel("x")
                .body("hi");
        UUID queued = queue.enqueueMessages(new NewSendItems().items(List.of(item)))
                .getItems()
                .get(0)
                .getId();
        assertEquals(email, queue.getSendItem(queued).getCampaignId());
    }
}
