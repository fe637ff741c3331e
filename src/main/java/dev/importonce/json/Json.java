package dev.importonce.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/**
 * Writes our own values as JSON, and reads them again: both fail only because of a bug. {@link StrictJson} reads JSON of
 * callers.
 */
@Singleton
public class Json {
    private final ObjectMapper mapper;

    public Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Writes a value like the API's answers. */
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in UTF-8, for long values: with a string, memory would hold them three times. */
    public byte[] utf8(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads text that {@link #write} has written. */
    public <T> T read(String written, Class<T> type) {
        try {
            return mapper.readValue(written, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
