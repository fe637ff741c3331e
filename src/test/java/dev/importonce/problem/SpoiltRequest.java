package dev.importonce.problem;

import dev.importonce.fixture.Send;
import dev.importonce.fixture.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A request that would be fine, had not something in it been changed. */
final class SpoiltRequest {
    private static final String MULTIPART = "multipart/form-data; boundary=";
    private static final String[] TYPES = {
        "text/csv",
        "text/csv; charset=utf-16",
        "application/json",
        "application/octet-stream",
        "image/png",
        "text",
        "multipart/form-data",
        "multipart/mixed; boundary=x",
        "a/b;;;=",
        "text/csv; boundary=\"=?utf-8?B?Q?=\"",
        "*/*"
    };
    private static final String[] BOUNDARIES = {
        "b",
        "-",
        "a b",
        "'()+_,-./:=?",
        "x".repeat(70),
        "x".repeat(5_000),
        "--",
        "ümlaut",
        "=?utf-8?Q?=41?=",
        "\"quoted\""
    };
    private static final String[] HEADERS = {
        "Accept: text/csv",
        "Accept: ;q=x",
        "Accept: application/json;q=0",
        "Accept-Encoding: gzip;q=nan",
        "Accept-Language: x-\u00FF",
        "Content-Encoding: gzip",
        "Content-Language: ",
        "Content-Type: text/csv",
        "Cookie: a=b; ; =; \"",
        "Idempotency-Key: a b",
        "Idempotency-Key: k",
        "Idempotency-Key: \u00E9",
        "If-None-Match: *",
        "Origin: http://localhost",
        "Origin: http://[",
        "Range: bytes=0-",
        "X-Forwarded-For: x",
        "X-HTTP-Method-Override: DELETE",
        "X-User-Id: 1",
        "Authorization: Bearer x",
        "Authorization: ",
        "TE: trailers"
    };
    private static final String[] DISPOSITIONS = {
        "form-data; name=file",
        "form-data; NAME=\"file\"",
        "form-data; name=\"file\"; filename=\"\\\"\"",
        "form-data; name=\"mapping\"",
        "form-data; name=\"fi\\u0000le\"",
        "form-data; name",
        "form-data",
        "",
        "form-data; name=\"file\"; filename*=utf-8''%",
        "form-data; name=\"file\"; filename*=x''%41%FF",
        "form-data; name=\"file\"; filename=\"=?utf-8?B?Q!?=\"",
        "attachment; name=file; name=mapping",
        "form-data; name=\"file\"; filename=\"../../" + "n".repeat(400) + "\"",
        "form-data; name=\"file",
        ";;;=\"",
        "form-data; name=\"file\"\r\nContent-Transfer-Encoding: base64",
        "form-data; name=file\nX: y",
        "form-data; name=\"file\"; filename=\"\uD83D\uDE00\"",
        "form-data; name=\"=?utf-8?Q?file?=\""
    };
    private static final String[] PARAMETERS = {
        "0",
        "1",
        "500",
        "501",
        "-1",
        "",
        "%00",
        "%F0%9F%98%80",
        "%ED%A0%80",
        "%FF",
        "a".repeat(3_000),
        "..%2F..%2Fx",
        "%0D%0A",
        "pending",
        "completed",
        "ann@example.com",
        "%C3%A9@m%C3%BCller.example",
        "@",
        "MQ",
        "Zmlyc3RAZXhhbXBsZS5jb20",
        "00000000-0000-0000-0000-000000000001",
        "1-1-1-1-1",
        "%27%3B--",
        "NaN",
        "1e3",
        "KzE",
        "%2B",
        "true"
    };

    private final Random random;
    private final String job;
    private final List<String> headers = new ArrayList<>(List.of("Host: localhost"));
    private String line;
    private byte[] body = {};

    SpoiltRequest(Random random, String job) {
        this.random = random;
        this.job = job;
        int form = random.nextInt(20);
        if (form < 10) multipart();
        else if (form < 13) raw(Send.RUN + "?mapping=" + encoded(mapping()) + "&fileName=" + any(PARAMETERS));
        else if (form < 15) raw("/api/sources?fileName=" + any(PARAMETERS));
        else if (form < 17) json();
        else bodiless();
        while (random.nextInt(3) == 0) headers.add(any(HEADERS));
    }

    /** Sends it, with a length or in chunks. */
    Wire sendOver(Wire wire) throws IOException {
        List<String> lines = new ArrayList<>(List.of(line));
        lines.addAll(headers);
        boolean chunked = random.nextInt(4) == 0;
        lines.add(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
        wire.head(lines.toArray(String[]::new));
        if (!chunked) return wire.write(body);
        int half = body.length / 2;
        if (half > 0) wire.chunk(Arrays.copyOf(body, half)).chunk(Arrays.copyOfRange(body, half, body.length));
        else if (body.length > 0) wire.chunk(body);
        return wire.chunk(new byte[0]);
    }

    private void multipart() {
        String boundary = random.nextInt(10) == 0 ? any(BOUNDARIES) : "boundary" + random.nextInt();
        line = "POST " + (random.nextInt(5) == 0 ? "/functions/v1/migrations-run" : Send.RUN) + " HTTP/1.1";
        List<byte[]> parts = new ArrayList<>(List.of(
                part(boundary, "form-data; name=\"file\"; filename=\"c.csv\"", file()),
                part(boundary, "form-data; name=\"mapping\"", mapping())));
        if (random.nextBoolean()) Collections.reverse(parts);
        if (random.nextInt(12) == 0) parts.remove(random.nextInt(parts.size()));
        if (random.nextInt(12) == 0) parts.add(part(boundary, any(DISPOSITIONS), file()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextInt(12) == 0) out.writeBytes(Send.utf8("a preamble\r\n"));
        parts.forEach(out::writeBytes);
        if (random.nextInt(12) != 0) out.writeBytes(Send.utf8("--" + boundary + "--\r\n"));
        body = out.toByteArray();
        if (random.nextInt(6) == 0) body = new Spoiler(random).bytes(body);
        headers.add("Content-Type: " + (random.nextInt(15) == 0 ? any(TYPES) : MULTIPART + boundary));
    }

    private byte[] part(String boundary, String disposition, byte[] content) {
        String chosen = random.nextInt(8) == 0 ? any(DISPOSITIONS) : disposition;
        String more = random.nextInt(12) == 0 ? "X-More: " + "x".repeat(random.nextInt(10_000)) + "\r\n" : "";
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(Send.utf8("--" + boundary + "\r\n" + more + "Content-Disposition: " + chosen + "\r\n\r\n"));
        part.writeBytes(content);
        part.writeBytes(Send.utf8("\r\n"));
        return part.toByteArray();
    }

    private void raw(String target) {
        line = "POST " + target + " HTTP/1.1";
        headers.add("Content-Type: " + (random.nextInt(6) == 0 ? any(TYPES) : "text/csv"));
        body = file();
    }

    private void json() {
        line = "POST " + Send.RUN + " HTTP/1.1";
        headers.add("Content-Type: application/json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                Send.utf8("{\"sourceId\": \"" + (random.nextBoolean() ? job : any(PARAMETERS)) + "\", \"mapping\": "));
        out.writeBytes(mapping());
        out.writeBytes(Send.utf8("}"));
        body = random.nextInt(4) == 0 ? new Spoiler(random).bytes(out.toByteArray()) : out.toByteArray();
    }

    private void bodiless() {
        String id = "/api/migrations/" + (random.nextInt(4) == 0 ? any(PARAMETERS) : job);
        line = switch (random.nextInt(8)) {
            case 0, 1 -> "GET /api/migrations?limit=" + any(PARAMETERS) + "&cursor=" + any(PARAMETERS);
            case 2 -> "GET /api/migrations?status=" + any(PARAMETERS) + "&cursor=" + encoded(cursor());
            case 3 -> "GET /api/contacts?email=" + any(PARAMETERS) + "&orgId=" + any(PARAMETERS);
            case 4 -> "GET /api/contacts?cursor=" + any(PARAMETERS) + "&limit=" + any(PARAMETERS);
            case 5 -> "POST " + id + "/cancel";
            case 6 -> "POST " + id + "/retry";
            default -> "GET " + id + (random.nextBoolean() ? "/rejects" : "");
        };
        line += " HTTP/1.1";
    }

    /** As an answer could have had it, and then not quite. */
    private byte[] cursor() {
        byte[] position = Send.utf8("2026-01-01T00:00:00.123456Z\n00000000-0000-7000-8000-000000000000");
        return Base64.getUrlEncoder().withoutPadding().encode(new Spoiler(random).bytes(position));
    }

    private byte[] file() {
        return new SpoiltFile(random).bytes();
    }

    private byte[] mapping() {
        return new SpoiltMapping(random).bytes();
    }

    private String any(String[] values) {
        return values[random.nextInt(values.length)];
    }

    private static String encoded(byte[] bytes) {
        return URLEncoder.encode(new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }

    /** Head and the first of the body, with everything but ASCII as hexadecimal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(line + "\n" + String.join("\n", headers) + "\n\n");
        for (byte b : Arrays.copyOf(body, Math.min(body.length, 2_000)))
            if (b == '\n' || b >= ' ' && b < 127) text.append((char) b);
            else text.append(String.format(Locale.ROOT, "\\x%02x", b));
        return text.append("\n(").append(body.length).append(" bytes)").toString();
    }
}
