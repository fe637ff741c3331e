package dev.importonce.integrity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of a check.
 *
 * @param count number of problems; 0 also when the check could not be run
 * @param detail what is wrong, why the check could not be run, or what it has found
 */
@Schema(name = "IntegrityCheck")
record Finding(String name, boolean ok, long count, String detail) {}
