package dev.importonce.source;

import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.StoredBlocks;
import dev.importonce.source.detect.Guess;
import dev.importonce.source.detect.HeaderSearch;
import dev.importonce.source.format.Candidate;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.format.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan for bytes that are here, which may need a rendition of them.
 *
 * @param asked the format it was made for; a sheet that nobody named is null here and resolved in the plan
 * @param rendition blocks that are not part of the source yet; null when the plan reads the bytes where they lie, or a
 *     rendition that the source has
 * @param guess how certain the encoding is; null when it was named, or the bytes tell it
 * @param saysHeader whether somebody has said where the names of the columns are
 */
public record Planned(Format asked, Plan plan, StoredBlocks rendition, Guess guess, boolean saysHeader) {
    Planned(Format asked, Plan plan, StoredBlocks rendition) {
        this(asked, plan, rendition, null, true);
    }

    Planned guessed(Guess by, FormatHint hint) {
        return new Planned(asked, plan, rendition, by, hint.saysHeader());
    }

    /** What its owner may not expect. */
    public List<Notice> notices() {
        List<Notice> notices = new ArrayList<>();
        if (guess != null && !guess.candidates().isEmpty()) {
            String code = guess.isOpen() ? "ambiguous-encoding" : "encoding-guessed";
            notices.add(new Notice(code, null, null, detail(), guess.candidates()));
        }
        if (!saysHeader && asked.isCsv())
            HeaderSearch.notice(asked.headerPlace()).ifPresent(notices::add);
        notices.addAll(plan.notices());
        return notices;
    }

    /**
     * Holds up what would be written.
     *
     * @throws ProblemException when somebody must say first which encoding the file is in
     */
    public void requireEncoding() {
        if (guess == null || !guess.isOpen()) return;
        List<Fault> candidates = guess.candidates().stream()
                .map(candidate -> Fault.at("/format/encoding", candidate.encoding() + ": " + candidate.sample()))
                .toList();
        throw new ProblemException(ProblemType.AMBIGUOUS_ENCODING, detail(), candidates);
    }

    private String detail() {
        String names = guess.candidates().stream().map(Candidate::encoding).collect(Collectors.joining(", "));
        return guess.isOpen()
                ? "The file does not tell its encoding: it may be " + names
                        + ". Name the one that reads right in format.encoding of the mapping."
                : "The file does not say its encoding; it is read as " + guess.encoding() + ". It could also be one of "
                        + names + ": if another reads right, name it in format.encoding of the mapping.";
    }
}
