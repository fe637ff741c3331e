package dev.importonce.source.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The location of a file in a store.
 *
 * @param bucket 1 to 100 characters, no slash
 * @param path 1 to 1024 characters: names with single slashes between them, none of them {@code .} or {@code ..}
 */
public record StoredFile(String bucket, String path) {
    private static final int MAX_BUCKET = 100;
    private static final int MAX_PATH = 1024;

    /** Reads {@code {"bucket": "…", "path": "…"}}; anything else is a problem. */
    public static StoredFile of(JsonNode json) {
        for (String name : (Iterable<String>) json::fieldNames)
            if (!name.equals("bucket") && !name.equals("path")) throw invalid(name, "no-such-property");
        String bucket = text(json, "bucket");
        String path = text(json, "path");
        if (!isName(bucket) || bucket.contains("/") || bucket.length() > MAX_BUCKET)
            throw invalid("bucket", "no-bucket-name");
        if (path.length() > MAX_PATH || !Arrays.stream(path.split("/", -1)).allMatch(StoredFile::isName))
            throw invalid("path", "no-path-in-bucket");
        return new StoredFile(bucket, path);
    }

    /** The name of the file in its store. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Bucket and path, encoded for a URL, so that they cannot lead out of the configured location. */
    public String encoded() {
        return Stream.concat(Stream.of(bucket), Arrays.stream(path.split("/")))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~"))
                .collect(Collectors.joining("/"));
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\');
    }

    private static String text(JsonNode json, String name) {
        if (!json.path(name).isTextual()) throw invalid(name, "this-must-be-text");
        return json.get(name).textValue();
    }

    private static ProblemException invalid(String name, String fault) {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER,
                Sentence.of("storage-not-of-form"),
                List.of(Fault.of("storage." + name, Sentence.of(fault))));
    }
}
