package dev.importonce.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.util.concurrent.CompletableFuture;

/**
 * An HTTP client of the whole process. Vert.x gives a client to the verticle on whose thread it is made: one that is made within
 * a call, as beans are made when they are first needed, belongs to the HTTP server. That ends first when a process is stopped,
 * and would cut off requests whose answers are waited for.
 */
public final class ProcessClient {
    private ProcessClient() {}

    /** Makes a client on a thread that belongs to no verticle. */
    public static HttpClient of(Vertx vertx, HttpClientOptions options) {
        return CompletableFuture.supplyAsync(() -> vertx.createHttpClient(options))
                .join();
    }
}
