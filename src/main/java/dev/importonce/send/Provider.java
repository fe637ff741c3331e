package dev.importonce.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.http.ProcessClient;
import dev.importonce.queue.RetryAfter;
import dev.importonce.queue.Traces;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the provider to send one message, exactly once: without redirects, without retries, and without reusing a connection,
 * which the provider could close during a request.
 */
@ApplicationScoped
class Provider {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final Traces traces;
    private final Vertx vertx;
    private final SendConfig config;
    private final ObjectMapper json;
    private final Clock clock;
    private final HttpClient client;

    Provider(Traces traces, Vertx vertx, SendConfig config, ObjectMapper json, Clock clock) {
        this.traces = traces;
        this.vertx = vertx;
        this.config = config;
        this.json = json;
        this.clock = clock;
        this.client = ProcessClient.of(
                vertx,
                new HttpClientOptions()
                        .setKeepAlive(false)
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setMaxPoolSize(config.concurrency().places()));
    }

    /** Whether a provider is configured. */
    boolean configured() {
        return config.url().isPresent();
    }

    /** Never fails: every result of the request is an answer. */
    CompletionStage<Answer> send(Message message) {
        Exchange exchange = new Exchange();
        Span span = traces.begin("send", "message", message.id(), message.traceparent());
        exchange.answer.whenComplete((answer, failure) -> span.end());
        long timer = vertx.setTimer(TIMEOUT.toMillis(), id -> exchange.timeOut());
        exchange.answer.whenComplete((answer, failure) -> vertx.cancelTimer(timer));
        URI base = config.url().orElseThrow();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setFollowRedirects(false)
                .setAbsoluteURI(base.toString().replaceFirst("/+$", "") + "/api/v1/chats");
        Buffer body = body(message);
        client.request(options)
                .onFailure(failure -> exchange.answer.complete(new Answer.NotReached(reason(failure))))
                .onSuccess(request -> exchange.write(request, message, body));
        return exchange.answer;
    }

    private Buffer body(Message message) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(Map.of(
                    "channel", message.channel(),
                    "campaignId", message.campaignId(),
                    "prospectId", message.prospectId(),
                    "step", message.step(),
                    "body", message.body())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** One request and its answer. */
    private final class Exchange {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile HttpClientRequest written;

        void write(HttpClientRequest request, Message message, Buffer body) {
            // The time limit passed while the connection was being opened: no byte may be sent now.
            if (!ended.compareAndSet(false, true)) {
                request.reset();
                return;
            }
            written = request;
            request.putHeader("Content-Type", "application/json")
                    .putHeader("Accept", "application/json")
                    .putHeader("Idempotency-Key", message.id().toString());
            config.key().ifPresent(key -> request.putHeader("X-API-KEY", key));
            request.send(body).onFailure(this::silent).onSuccess(this::read);
        }

        void timeOut() {
            if (ended.compareAndSet(false, true)) {
                answer.complete(new Answer.NotReached("no connection within " + TIMEOUT));
                return;
            }
            answer.complete(new Answer.Silent("no answer within " + TIMEOUT));
            if (written != null) written.reset();
        }

        private void silent(Throwable failure) {
            answer.complete(new Answer.Silent(reason(failure)));
        }

        private void read(HttpClientResponse response) {
            Buffer read = Buffer.buffer();
            response.exceptionHandler(this::silent);
            response.handler(part -> {
                if (read.length() + part.length() <= MAX_ANSWER_BYTES) read.appendBuffer(part);
                else silent(new IllegalStateException("the answer is larger than " + MAX_ANSWER_BYTES + " bytes"));
            });
            response.endHandler(end -> answer.complete(new Answer.Status(
                    response.statusCode(),
                    RetryAfter.parse(response.getHeader("Retry-After"), clock),
                    hasWarning(read))));
        }
    }

    private boolean hasWarning(Buffer body) {
        try {
            JsonNode answer = json.readTree(body.getBytes());
            JsonNode warning = answer == null ? null : answer.findValue("warning");
            return warning != null && !warning.isNull();
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
