package dev.importonce.webhook;

import dev.importonce.http.ProcessClient;
import dev.importonce.postgres.RootCause;
import dev.importonce.queue.RetryAfter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Posts one event to the receiver. Connects to an address that has just been checked, and to no other: a name that resolves
 * differently a moment later leads nowhere else, nor does a redirect.
 */
@ApplicationScoped
class Sender {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** Of an answer's body, which means nothing; a receiver that sends more has answered. */
    private static final int MOST_READ_BYTES = 16 * 1024;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Vertx vertx;
    private final Receiver receiver;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient client;

    Sender(Vertx vertx, Receiver receiver, WebhookConfig config, Clock clock) {
        this.timeout = config.timeout();
        this.vertx = vertx;
        this.receiver = receiver;
        this.clock = clock;
        this.client = ProcessClient.of(
                vertx, new HttpClientOptions().setKeepAlive(false).setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
    }

    /** Waits for the answer; never fails, since every result of the request is an answer. */
    Answer send(Delivery delivery, String body) {
        List<InetAddress> addresses;
        try {
            addresses = receiver.addresses();
        } catch (UnknownHostException e) {
            return Answer.none(RootCause.of(e));
        }
        Exchange exchange = new Exchange(delivery.id(), body, addresses);
        long timer = vertx.setTimer(
                timeout.toMillis(), id -> exchange.end(Answer.none("no whole answer within " + timeout)));
        exchange.connect(0);
        try {
            return exchange.answer.join();
        } finally {
            vertx.cancelTimer(timer);
        }
    }

    /** One request and its answer. */
    private final class Exchange {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final UUID id;
        private final String body;
        private final List<InetAddress> addresses;
        private volatile HttpClientRequest request;
        private int read;

        Exchange(UUID id, String body, List<InetAddress> addresses) {
            this.id = id;
            this.body = body;
            this.addresses = addresses;
        }

        /** Ends it with the first answer; whatever else arrives is not read. */
        void end(Answer first) {
            if (answer.complete(first) && request != null) request.reset();
        }

        /** Tries the addresses in turn, since not every machine has a way to each. */
        void connect(int number) {
            client.request(options(addresses.get(number)))
                    .onSuccess(this::write)
                    .onFailure(failure -> {
                        if (number + 1 < addresses.size() && !answer.isDone()) connect(number + 1);
                        else end(Answer.none("no connection: " + RootCause.of(failure)));
                    });
        }

        private RequestOptions options(InetAddress address) {
            URI url = receiver.url();
            boolean secure = url.getScheme().equalsIgnoreCase("https");
            int port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            return new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setFollowRedirects(false)
                    .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                    .setHost(url.getHost())
                    .setPort(port)
                    .setSsl(secure)
                    .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
        }

        private void write(HttpClientRequest opened) {
            request = opened;
            if (answer.isDone()) {
                opened.reset();
                return;
            }
            Instant now = clock.instant();
            opened.putHeader("Content-Type", "application/json")
                    .putHeader("User-Agent", "ImportOnce")
                    .putHeader("webhook-id", id.toString())
                    .putHeader("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                    .putHeader("webhook-signature", Secret.signatures(receiver.secrets(), id, now, body))
                    .send(body)
                    .onSuccess(this::read)
                    .onFailure(failure -> end(Answer.none("no answer: " + RootCause.of(failure))));
        }

        private void read(HttpClientResponse response) {
            Answer whole =
                    Answer.status(response.statusCode(), RetryAfter.parse(response.getHeader("Retry-After"), clock));
            response.exceptionHandler(failure -> end(Answer.none("the answer broke off: " + RootCause.of(failure))));
            response.handler(part -> {
                read += part.length();
                if (read > MOST_READ_BYTES) end(whole);
            });
            response.endHandler(ended -> end(whole));
        }
    }
}
