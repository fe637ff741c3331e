package dev.importonce.job.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.identity.Caller;
import dev.importonce.json.Json;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.format.FormatHint;
import dev.importonce.target.declare.Target;
import dev.importonce.target.declare.TargetLookup;
import dev.importonce.target.declare.Targets;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a mapping as callers write it, strictly: unknown properties and values are refused, never ignored. */
@ApplicationScoped
public class MappingReader {
    /** Largest mapping, in bytes of UTF-8. */
    public static final int MAX_BYTES = 64 * 1024;

    private final TargetLookup targets;
    private final Json json;

    public MappingReader(TargetLookup targets, Json json) {
        this.targets = targets;
        this.json = json;
    }

    /** @param whole whether it must map columns to fields; if not, it may have nothing but {@code format} */
    public Mapping read(Caller caller, byte[] utf8, boolean whole) {
        if (utf8.length > MAX_BYTES)
            throw new ProblemException(ProblemType.TOO_LARGE, Sentence.of("mapping-too-large", MAX_BYTES));
        return read(caller, StrictJson.parse("mapping", utf8), whole);
    }

    public Mapping read(Caller caller, JsonNode json, boolean whole) {
        if (json == null || !json.isObject())
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("mapping-must-be-object"));
        MappingProperties properties = new MappingProperties(json);
        if (!whole && json.size() == 1 && json.has("format")) {
            FormatHint format = properties.format();
            properties.refuseFaults();
            return Mapping.reading(format);
        }
        Target target = target(caller, properties.text("target"), properties);
        Mapping mapping = new Mapping(
                target == null ? null : target.name(),
                properties.uuid("orgId"),
                properties.fields(target),
                properties.choice("unmapped", Mapping.Unmapped.class, Mapping.Unmapped.IGNORE),
                properties.choice("onExisting", Mapping.OnExisting.class, Mapping.OnExisting.UPDATE),
                properties.choice("onBlank", Mapping.OnBlank.class, Mapping.OnBlank.KEEP),
                properties.flag("undoable"),
                properties.format(),
                properties.values(),
                properties.numbers(),
                properties.dates());
        if (mapping.undoable() && target != null && !target.undoable())
            properties.fault("undoable", Sentence.of("import-not-undoable", target.name()));
        if (mapping.unmapped() == Mapping.Unmapped.ATTRIBUTES && target != null && !target.attributes())
            properties.fault("unmapped", Sentence.of("no-attributes", target.name()));
        properties.refuseFaults();
        return new Mapping(
                mapping.target(),
                caller.organisation(mapping.orgId()),
                mapping.fields(),
                mapping.unmapped(),
                mapping.onExisting(),
                mapping.onBlank(),
                mapping.undoable(),
                mapping.format(),
                mapping.values(),
                mapping.numbers(),
                mapping.dates());
    }

    /** Reads a resolved mapping from the database; throws if a newer version has written it and it cannot be read. */
    public Mapping stored(String text) {
        return json.read(text, Mapping.class);
    }

    /** As {@link #stored}; empty if a newer version has written the mapping, or if this version does not know its target. */
    public Optional<Mapping> readable(String text) {
        try {
            return Optional.of(stored(text))
                    .filter(mapping -> targets.find(mapping.target()).isPresent());
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** The target of that name, if the caller may import into it. */
    private Target target(Caller caller, String name, MappingProperties properties) {
        Optional<Target> target = name == null ? Optional.empty() : targets.find(name);
        if (target.isPresent()) {
            requireOwner(caller, target.get());
            return target.get();
        }
        String known = targets.all().stream().map(Target::name).collect(Collectors.joining(", "));
        properties.fault("target", Sentence.of("target-not-named", known));
        return null;
    }

    private static void requireOwner(Caller caller, Target target) {
        if (!Targets.mayImport(caller, target))
            throw new ProblemException(ProblemType.FORBIDDEN, Sentence.of("rows-of-nobody", target.name()));
    }
}
