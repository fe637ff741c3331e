package dev.importonce.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.identity.Caller;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.job.mapping.MappingReader;
import dev.importonce.job.submit.SubmitJob;
import dev.importonce.json.Json;
import dev.importonce.key.BaseKey;
import dev.importonce.key.CanonicalJson;
import dev.importonce.key.Sha256;
import dev.importonce.load.Field;
import dev.importonce.load.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What mappings are read with where no application runs. */
public final class Mappings {
    public static final UUID ORG = UUID.fromString("00000000-0000-0000-0000-00000000000a");
    public static final UUID OTHER_ORG = UUID.fromString("00000000-0000-0000-0000-00000000000b");
    public static final Caller CALLER = new Caller(new UUID(0, 1), ORG, Set.of(OTHER_ORG), false);
    public static final Target CONTACTS = new Target(
            "contacts",
            List.of(Field.text("email", 254), Field.text("firstName", 500), Field.text("company", 500)),
            1,
            true,
            "",
            "",
            "",
            "",
            "",
            null,
            null);
    public static final MappingReader READER = new MappingReader(List.of(CONTACTS), new Json(new ObjectMapper()));

    private static final ObjectMapper JSON = new ObjectMapper();

    private Mappings() {}

    public static Mapping read(String json) {
        return READER.read(CALLER, json.getBytes(StandardCharsets.UTF_8), true);
    }

    /** As it is stored with a job. */
    public static String resolved(Mapping mapping) {
        try {
            return JSON.writeValueAsString(mapping);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@link SubmitJob} makes it. */
    public static BaseKey key(UUID user, Mapping mapping, byte[] file) {
        return BaseKey.of(user, Sha256.hash(CanonicalJson.of(resolved(mapping))), Sha256.hash(file));
    }
}
