package dev.importonce.job.submit;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;

/**
 * What comes beside the body of a request to import; each may be null.
 *
 * @param mapping JSON: the body then is the file itself
 */
public record ImportParameters(
        @HeaderParam("Content-Type") String contentType,
        @HeaderParam("Content-Length") Long contentLength,
        @QueryParam("mapping") String mapping,
        @QueryParam("fileName") String fileName) {

    /** Of the body, or -1. */
    long announcedBytes() {
        return contentLength == null ? -1 : contentLength;
    }
}
