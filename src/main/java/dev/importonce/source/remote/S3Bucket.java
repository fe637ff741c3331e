package dev.importonce.source.remote;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.jboss.logging.Logger;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The one configured bucket of an S3-compatible store. It knows no users, so each has a prefix: the user's id. */
@ApplicationScoped
public class S3Bucket {
    private static final Logger LOG = Logger.getLogger(S3Bucket.class);

    private final S3Config config;
    private final Download download;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    S3Bucket(S3Config config, Download download) {
        this.config = config;
        this.download = download;
    }

    /** Whether a file is meant to lie here. */
    public boolean has(StoredFile file) {
        return config.endpoint().isPresent()
                && config.bucket().filter(file.bucket()::equals).isPresent();
    }

    /** Another's file is answered as one that does not exist. */
    public Fetched fetch(UUID user, StoredFile file) throws IOException {
        if (!file.path().startsWith(user + "/")) throw Download.notFound(file);
        HttpResponse<InputStream> answer = download.begin(signed(file));
        if (answer.statusCode() == 200) return download.body(answer);
        answer.body().close();
        // Who may not list a bucket is told 403 about what is not there.
        if (answer.statusCode() == 404 || answer.statusCode() == 403) throw Download.notFound(file);
        LOG.warnf("the S3 store answered %d", answer.statusCode());
        throw Download.away();
    }

    /** Signature version 4 of the request without its body, which there is none of. */
    private HttpRequest.Builder signed(StoredFile file) {
        String endpoint = config.endpoint().orElseThrow().replaceFirst("/+$", "");
        URI address = URI.create(endpoint + "/" + file.encoded());
        SdkHttpRequest unsigned =
                SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(address).build();
        SdkHttpRequest signed = signer.sign(request -> request.identity(AwsCredentialsIdentity.create(
                                config.accessKey().orElseThrow(),
                                config.secretKey().orElseThrow()))
                        .request(unsigned)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, config.region())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        signed.headers().forEach((name, values) -> {
            // The client sets it from the address, as signed.
            if (!name.equalsIgnoreCase("Host")) values.forEach(value -> request.header(name, value));
        });
        return request;
    }
}
