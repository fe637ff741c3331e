package dev.importonce.target.merge;

import dev.importonce.words.Sentence;
import java.util.List;
import java.util.Optional;

/**
 * Recognises why a row cannot be read. A file that is stored as a table keeps these faults as English sentences, which older
 * versions show, too. Each has numbers or one name in it, so that its parameters are found again exactly.
 */
final class FileFaults {
    private static final List<String> CODES = List.of(
            "row-too-long",
            "cell-of-several-lines",
            "cell-with-quotes",
            "line-not-object",
            "line-not-array",
            "element-not-object",
            "element-not-array",
            "something-follows-object",
            "something-follows-array",
            "line-not-json",
            "property-twice");

    private FileFaults() {}

    static Sentence of(String fault) {
        return CODES.stream()
                .map(code -> Sentence.recognised(code, fault))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Sentence.said(fault));
    }
}
