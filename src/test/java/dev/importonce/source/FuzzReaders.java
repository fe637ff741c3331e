package dev.importonce.source;

import dev.importonce.fixture.Table;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.FormatHint;
import java.util.concurrent.atomic.AtomicLong;

/** Any bytes are a table or a problem, and the plan counts what is there. */
public final class FuzzReaders {
    private FuzzReaders() {}

    /** The input that is this file, of which the sender says nothing. */
    static byte[] input(byte[] file) {
        byte[] input = new byte[file.length + 1];
        input[0] = (byte) FormatHint.TYPES.size();
        System.arraycopy(file, 0, input, 1, file.length);
        return input;
    }

    /** One input of the fuzzer; its first byte says what the sender says about it. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) return;
        byte[] file = java.util.Arrays.copyOfRange(input, 1, input.length);
        int choice = Math.floorMod(input[0], FormatHint.TYPES.size() + 1);
        String type = choice == FormatHint.TYPES.size() ? null : FormatHint.TYPES.get(choice);
        try {
            AtomicLong rows = new AtomicLong();
            Plan plan =
                    Table.read(file, hint(type, input[0] >> 4 & 3), 1 + (input[0] & 7), row -> rows.incrementAndGet());
            if (rows.get() != plan.rowCount()) throw new IllegalStateException(rows + " rows, planned " + plan);
        } catch (ProblemException e) {
            // What a sender gets to read.
        }
    }

    private static FormatHint hint(String type, int said) {
        return switch (said) {
            case 1 -> new FormatHint(type, null, null, null, "\\", null, null);
            case 2 -> new FormatHint(type, null, null, null, null, 2, null);
            case 3 -> new FormatHint(type, "~", null, null, null, null, false);
            default -> new FormatHint(type, null, null, null, null, null, null);
        };
    }
}
