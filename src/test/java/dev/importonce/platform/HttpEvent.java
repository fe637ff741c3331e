package dev.importonce.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Jwt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A request as AWS hands it to a function, payload format 2.0, with the fields of the published examples: of a function URL
 * (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads) or of an HTTP API
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
final class HttpEvent {
    static final String FUNCTION_URL = "r3pmxmplakr3pmxmplakr3pmxmplak42.lambda-url.us-east-2.on.aws";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean functionUrl;
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> cookies = new ArrayList<>();
    private String body;
    private boolean base64;

    private HttpEvent(boolean functionUrl, String method, String target) {
        this.functionUrl = functionUrl;
        this.method = method;
        path = target.split("\\?", 2)[0];
        query = target.contains("?") ? target.split("\\?", 2)[1] : "";
        header("accept", "*/*");
        header("accept-encoding", "identity");
        header("host", domain());
        header("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)");
        header("x-amzn-trace-id", "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e");
        header("x-forwarded-for", "205.255.255.176");
        header("x-forwarded-port", "443");
        header("x-forwarded-proto", "https");
    }

    /** As a function URL makes it. */
    static HttpEvent functionUrl(String method, String target) {
        return new HttpEvent(true, method, target);
    }

    /** As an HTTP API makes it. */
    static HttpEvent httpApi(String method, String target) {
        return new HttpEvent(false, method, target);
    }

    /** With one more header; names come in lower case. */
    HttpEvent header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Without that header. */
    HttpEvent without(String name) {
        headers.remove(name);
        return this;
    }

    /** With one more cookie: they come by themselves. */
    HttpEvent cookie(String cookie) {
        cookies.add(cookie);
        return this;
    }

    /** From a user who has signed in. */
    HttpEvent by(UUID user) {
        return header("authorization", "Bearer " + Jwt.of(user).sign());
    }

    /** With a body: text as it is, everything else in base64. */
    HttpEvent body(String contentType, byte[] bytes) {
        header("content-type", contentType);
        header("content-length", String.valueOf(bytes.length));
        base64 = !contentType.matches("(?i)text/.*|application/(json|javascript|xml).*");
        body = base64 ? Base64.getEncoder().encodeToString(bytes) : new String(bytes, StandardCharsets.UTF_8);
        return this;
    }

    /** With a body of JSON. */
    HttpEvent json(String json) {
        return body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** With a file and its mapping as parts of a form. */
    HttpEvent form(String fileName, byte[] file, String mapping) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        String boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
        form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: text/csv\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(file);
        form.writeBytes(("\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n" + mapping
                        + "\r\n--" + boundary + "--\r\n")
                .getBytes(StandardCharsets.UTF_8));
        return body("multipart/form-data; boundary=" + boundary, form.toByteArray());
    }

    /** The event. */
    String json() {
        Map<String, Object> http = new LinkedHashMap<>();
        http.put("method", method);
        http.put("path", path);
        http.put("protocol", "HTTP/1.1");
        http.put("sourceIp", "205.255.255.176");
        http.put("userAgent", headers.get("user-agent"));
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("accountId", functionUrl ? "anonymous" : "123456789012");
        context.put("apiId", domain().split("\\.")[0]);
        context.put("authentication", null);
        context.put("domainName", domain());
        context.put("domainPrefix", domain().split("\\.")[0]);
        context.put("http", http);
        context.put("requestId", "JKJaXmPLvHcESHA=");
        context.put("routeKey", "$default");
        context.put("stage", "$default");
        context.put("time", "10/Mar/2020:05:16:23 +0000");
        context.put("timeEpoch", 1583817383220L);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", path);
        event.put("rawQueryString", query);
        if (!cookies.isEmpty()) event.put("cookies", cookies);
        event.put("headers", headers);
        event.put("requestContext", context);
        if (body != null) event.put("body", body);
        event.put("isBase64Encoded", base64);
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String domain() {
        return functionUrl ? FUNCTION_URL : "r3pmxmplak.execute-api.us-east-2.amazonaws.com";
    }
}
