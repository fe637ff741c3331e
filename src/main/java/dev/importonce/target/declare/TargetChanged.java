package dev.importonce.target.declare;

import dev.importonce.problem.Fault;
import dev.importonce.words.Sentence;
import java.util.List;
import java.util.stream.Collectors;

/** A table is no longer as its declaration says, or there is no declaration any more. */
public final class TargetChanged extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /** @param faults what does not fit, at least one */
    public TargetChanged(List<Fault> faults) {
        super(faults.stream().map(Fault::detail).collect(Collectors.joining(" ")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** What does not fit, together. */
    public Sentence reason() {
        return together(faults);
    }

    /** In halves: one behind the other, hundreds of faults would be nested hundreds deep. */
    private static Sentence together(List<Fault> faults) {
        int half = faults.size() / 2;
        return half == 0
                ? faults.get(0).sentence()
                : Sentence.of(
                        "fault-and-fault",
                        together(faults.subList(0, half)),
                        together(faults.subList(half, faults.size())));
    }

    /** What does not fit, each with its place in the declaration. */
    public List<Fault> faults() {
        return faults;
    }
}
