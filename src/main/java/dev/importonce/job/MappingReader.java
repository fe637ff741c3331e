package dev.importonce.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.importonce.identity.Caller;
import dev.importonce.load.Target;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a mapping as callers write it, strictly: what is not understood is refused, never ignored. */
@ApplicationScoped
class MappingReader {
    /** Largest mapping, in bytes of UTF-8. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_DEPTH = 8;
    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final List<Target> targets;

    MappingReader(@All List<Target> targets) {
        this.targets = targets;
    }

    /** Parses JSON; other encodings than UTF-8, duplicate keys, trailing text and deep nesting are refused (400). */
    static JsonNode parse(String what, byte[] utf8) {
        try {
            // Through a String: bytes would be sniffed for UTF-16 and UTF-32, and not all of them be checked.
            return STRICT.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The " + what + " is not UTF-8 text.");
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The " + what + " is not valid JSON" + at(e) + why(e) + ".");
        }
    }

    Mapping read(Caller caller, byte[] utf8) {
        if (utf8.length > MAX_BYTES)
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "The mapping is larger than " + MAX_BYTES + " bytes. Map fewer columns.");
        return read(caller, parse("mapping", utf8));
    }

    Mapping read(Caller caller, JsonNode json) {
        if (json == null || !json.isObject())
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The mapping must be a JSON object.");
        MappingProperties properties = new MappingProperties(json);
        Target target = target(properties.text("target"), properties);
        Mapping mapping = new Mapping(
                target == null ? null : target.name(),
                properties.uuid("orgId"),
                properties.fields(target),
                properties.choice("unmapped", Mapping.Unmapped.class, Mapping.Unmapped.IGNORE),
                properties.choice("onExisting", Mapping.OnExisting.class, Mapping.OnExisting.UPDATE),
                properties.choice("onBlank", Mapping.OnBlank.class, Mapping.OnBlank.KEEP),
                properties.flag("undoable"),
                properties.format());
        properties.refuseFaults();
        return new Mapping(
                mapping.target(),
                caller.organisation(mapping.orgId()),
                mapping.fields(),
                mapping.unmapped(),
                mapping.onExisting(),
                mapping.onBlank(),
                mapping.undoable(),
                mapping.format());
    }

    /** A resolved mapping as the database has it. */
    Mapping stored(String text) {
        try {
            return STRICT.readValue(text, Mapping.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The target of a mapping that was accepted before. */
    Target target(String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Target target(String name, MappingProperties properties) {
        for (Target target : targets) if (target.name().equals(name)) return target;
        String known = targets.stream().map(Target::name).collect(Collectors.joining(", "));
        properties.fault(Fault.at("/target", "Name what to import into, one of: " + known + "."));
        return null;
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /** What a place alone does not tell. The parser's own words name its classes and settings, except these. */
    private static String why(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException)
            return ": it is nested too deeply, or a number or name in it is too long";
        String message = e.getOriginalMessage();
        return message.startsWith("Duplicate field") ? ": " + message : "";
    }
}
