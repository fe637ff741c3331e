package dev.importonce.job.chunk;

import dev.importonce.words.Sentence;

/** The work on the chunks of one step. Each implementation is a bean; the worker finds it by the step. */
public interface ChunkStep {
    ChunkClaim.Step step();

    /** Does all work of a chunk, including its checkpoint. */
    void run(ChunkClaim claim);

    /** Gives up the import or undo of which the chunk is a part, if this worker still holds the chunk; by default the import. */
    default void giveUp(ChunkClaim claim, String problemJson, EndJob job) {
        job.fail(claim, problemJson);
    }

    /** The beginning of a sentence that says which work on the chunk failed. */
    Sentence failure(ChunkClaim claim);

    /** The part of the sentence that says what the user can do about the failure. */
    default Sentence remedy() {
        return Sentence.of("retry-import");
    }
}
