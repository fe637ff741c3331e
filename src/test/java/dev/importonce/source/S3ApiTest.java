package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.S3Server;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import dev.importonce.source.remote.StoredFile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Files named by where they lie in the one S3 bucket, on a real S3-compatible store. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(value = S3Server.class, restrictToAnnotatedClass = true)
@TestProfile(WithTokens.class)
class S3ApiTest {
    private final UUID ann = UUID.randomUUID();

    S3Server store;

    @BeforeEach
    void there_is_a_store() {
        store.endpoint();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.csv", "a folder/Köln & 100%+.csv", "~tilde*star.csv"})
    void a_file_under_its_users_prefix_is_imported(String name) throws Exception {
        byte[] file = Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee");
        put(ann + "/" + name, file);

        Response run = run(ann, "imports", ann + "/" + name);

        assertEquals(202, run.statusCode(), run::asString);
        Response job = as(ann).get("/api/migrations/" + run.path("jobId"));
        assertEquals(name.substring(name.lastIndexOf('/') + 1), job.path("fileName"));
        assertEquals(file.length, (int) job.path("fileBytes"));
    }

    @Test
    void anothers_file_is_answered_as_one_that_is_not_there() throws Exception {
        UUID bob = UUID.randomUUID();
        put(bob + "/b.csv", Imports.csv("bob@example.com,Bob,Lee"));
        for (String path : new String[] {bob + "/b.csv", ann + "/none.csv", ann.toString(), ann + "x/c.csv"})
            Refusal.of(run(ann, "imports", path))
                    .is("not-found", "There is no file " + path + " in bucket imports that you may read.");
        assertEquals(202, run(bob, "imports", bob + "/b.csv").statusCode());
    }

    @Test
    void another_bucket_is_none_of_ours() {
        Refusal.of(run(ann, "elsewhere", ann + "/c.csv"))
                .is("invalid-parameter", "There is no storage here with the bucket elsewhere. Send the file itself.");
    }

    private void put(String path, byte[] content) throws Exception {
        URI address = URI.create(store.endpoint() + "/" + new StoredFile("imports", path).encoded());
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsCredentialsIdentity.create("S3RVER", "S3RVER"))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.PUT)
                                .uri(address)
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(content))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false));
        HttpRequest.Builder put = HttpRequest.newBuilder(address).PUT(BodyPublishers.ofByteArray(content));
        signed.request().headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) values.forEach(value -> put.header(name, value));
        });
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(put.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private static Response run(UUID user, String bucket, String path) {
        String body = "{\"storage\": {\"bucket\": \"%s\", \"path\": \"%s\"}, \"mapping\": %s}"
                .formatted(bucket, path, Imports.MAPPING);
        return as(user).contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/migrations/run");
    }

    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + Jwt.of(user).sign());
    }
}
