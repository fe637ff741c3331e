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
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan for reading received bytes, which may need a rendition of them.
 *
 * @param asked the format for which the plan was made; if nobody named a sheet, it is null here and resolved in the plan
 * @param rendition blocks that are not part of the source yet; null when the plan reads the bytes as they are stored, or a
 *     rendition that the source has already
 * @param guess how certain the encoding is; null when the encoding was named, or the bytes determine it
 * @param saysHeader whether the sender has said where the header is
 */
public record Planned(Format asked, Plan plan, StoredBlocks rendition, Guess guess, boolean saysHeader) {
    Planned(Format asked, Plan plan, StoredBlocks rendition) {
        this(asked, plan, rendition, null, true);
    }

    Planned guessed(Guess by, FormatHint hint) {
        return new Planned(asked, plan, rendition, by, hint.saysHeader());
    }

    /** Facts that the file's owner may not expect. */
    public List<Notice> notices() {
        List<Notice> notices = new ArrayList<>();
        if (guess != null && !guess.candidates().isEmpty()) {
            notices.add(Notice.of(detail(), null, null, guess.candidates()));
        }
        if (!saysHeader && asked.isCsv())
            HeaderSearch.notice(asked.headerPlace()).ifPresent(notices::add);
        notices.addAll(plan.notices());
        return notices;
    }

    /**
     * Prevents an import while the encoding is not clear.
     *
     * @throws ProblemException when the user must name the encoding first
     */
    public void requireEncoding() {
        if (guess == null || !guess.isOpen()) return;
        List<Fault> candidates = guess.candidates().stream()
                .map(candidate -> Fault.at(
                        "/format/encoding", Sentence.of("encoding-reads-as", candidate.encoding(), candidate.sample())))
                .toList();
        throw new ProblemException(ProblemType.AMBIGUOUS_ENCODING, detail(), candidates);
    }

    private Sentence detail() {
        String names = guess.candidates().stream().map(Candidate::encoding).collect(Collectors.joining(", "));
        return guess.isOpen()
                ? Sentence.of("ambiguous-encoding", names)
                : Sentence.of("encoding-guessed", guess.encoding(), names);
    }
}
