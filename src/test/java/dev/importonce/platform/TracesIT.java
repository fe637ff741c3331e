package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.LocalServer;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Traced;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What processes of the packaged application send to whoever collects traces. */
class TracesIT {
    private final List<String> collected = new CopyOnWriteArrayList<>();

    @Test
    void another_process_continues_the_trace_of_a_request() {
        String trace = Traced.trace();
        HttpServer collector = LocalServer.create();
        collector.createContext("/v1/traces", this::collect);
        collector.start();
        try {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    TestPostgres.newDatabase(),
                    "IMPORTONCE_AUTH",
                    "none",
                    "QUARKUS_OTEL_SDK_DISABLED",
                    "false",
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    "http/protobuf",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + collector.getAddress().getPort()));
            Service.migrate(environment);

            String job;
            environment.put("IMPORTONCE_WORKERS", "0");
            try (Service web = Service.start(environment)) {
                job = Imports.request(Imports.csv("ann@example.com,Ann,Lee"), Imports.MAPPING)
                        .header("traceparent", Traced.parent(trace))
                        .post(web.base() + "/api/migrations/run")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("jobId");
            }
            // What has not been sent yet is sent before a process ends.
            assertEquals(1, spans(trace, "POST").size(), collected::toString);

            environment.put("IMPORTONCE_WORKERS", "1");
            try (Service worker = Service.start(environment)) {
                Calls.ended(worker.base(), job, Duration.ofSeconds(60));
            }
            assertEquals(2, spans(trace, "import work").size(), collected::toString);
        } finally {
            collector.stop(0);
        }
    }

    /** The spans with that name; in OTLP each begins with the id of its trace, 16 bytes, as its first field. */
    private List<String> spans(String trace, String name) {
        String begin = "\n\u0010" + new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1);
        return collected.stream()
                .flatMap(body -> Stream.of(body.split(Pattern.quote(begin))).skip(1))
                .filter(span -> span.contains(name))
                .toList();
    }

    private void collect(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (exchange;
                InputStream body =
                        packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            collected.add(new String(body.readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
