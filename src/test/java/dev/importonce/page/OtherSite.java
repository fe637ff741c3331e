package dev.importonce.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A web site of somebody else on this machine: its pages have another origin than the service. */
final class OtherSite implements AutoCloseable {
    /** Of what a careful site allows: its own files, the service, one nonce; no inline styles or scripts beside that. */
    static final String NONCE = "bm9uY2U";

    private final HttpServer server;
    private final URI service;
    private final String policy;

    private OtherSite(HttpServer server, URI service, String policy) {
        this.server = server;
        this.service = service;
        this.policy = policy;
    }

    /** A page with the elements of the service in its body, at every address. */
    static OtherSite withButton(URI service, String language, String body) {
        String html = """
                <!doctype html>
                <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Their page</title>
                <script nonce="%s">window.litNonce = '%2$s'</script>
                <script type="module" src="%s/embed/importonce.js"></script></head>
                <body><main><h1>Their page</h1>%s</main></body></html>
                """.formatted(language, NONCE, address(service), body);
        return opened(
                service,
                "",
                (site, exchange) -> site.answer(exchange, "text/html", html.getBytes(StandardCharsets.UTF_8)));
    }

    /** The files of a folder; the site also asks the others. */
    static OtherSite withFiles(URI service, Path folder, String... others) {
        return opened(service, String.join(" ", others), (site, exchange) -> {
            String path = exchange.getRequestURI().getPath();
            Path file = folder.resolve(path.equals("/") ? "index.html" : path.substring(1))
                    .normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
                return;
            }
            String name = file.getFileName().toString();
            String type = name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "text/html";
            site.answer(exchange, type, Files.readAllBytes(file));
        });
    }

    private static OtherSite opened(URI service, String others, Answer answer) {
        String home = "http://localhost:" + service.getPort() + "/";
        String policy =
                "default-src 'none'; script-src 'self' %1$s 'nonce-%2$s'; style-src 'self' 'nonce-%2$s'; connect-src %1$s %3$s; base-uri 'none'; form-action 'none'"
                        .formatted(home, NONCE, others);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OtherSite site = new OtherSite(server, service, policy);
            server.createContext("/", exchange -> answer.to(site, exchange));
            server.start();
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The service's address for its pages, which is not one of the site. */
    String service() {
        return address(service);
    }

    private static String address(URI service) {
        return "http://localhost:" + service.getPort() + service.getPath().replaceFirst("/$", "");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private interface Answer {
        void to(OtherSite site, HttpExchange exchange) throws IOException;
    }
}
