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

/**
 * The configured bucket of an S3-compatible store. The store does not know our users, so each user has a prefix: the user's
 * id.
 */
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

    /** Whether the file's bucket is this one. */
    public boolean has(StoredFile file) {
        return config.endpoint().isPresent()
                && config.bucket().filter(file.bucket()::equals).isPresent();
    }

    /** A file of another user is answered like a file that does not exist. */
    public Fetched fetch(UUID user, StoredFile file) throws IOException {
        if (!file.path().startsWith(user + "/")) throw Download.notFound(file);
        HttpResponse<InputStream> answer = download.begin(signed(file));
        if (answer.statusCode() == 200) return download.body(answer);
        answer.body().close();
        // If the access key may not list the bucket, the store answers 403 for a file that does not exist.
        if (answer.statusCode() == 404 || answer.statusCode() == 403) throw Download.notFound(file);
        LOG.warnf("the S3 store answered %d", answer.statusCode());
        throw Download.away();
    }

    /** Signature version 4 of the request, which has no body. */
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
            // The HTTP client sets this header from the URL, with the signed value.
            if (!name.equalsIgnoreCase("Host")) values.forEach(value -> request.header(name, value));
        });
        return request;
    }
}
