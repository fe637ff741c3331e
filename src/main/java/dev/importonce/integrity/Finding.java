package dev.importonce.integrity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a check has found.
 *
 * @param count how many things are wrong; 0 also when it could not be run
 * @param detail what is wrong, why it could not be run, or what there was to see
 */
@Schema(name = "IntegrityCheck")
record Finding(String name, boolean ok, long count, String detail) {}
