package dev.importonce.job.chunk;

/** What is done with the chunks of one step. Each is a bean; the worker finds it by the step. */
public interface ChunkStep {
    ChunkClaim.Step step();

    /** Works a chunk to its end, checkpoint included. */
    void run(ChunkClaim claim);

    /** Gives up what the chunk is a part of, unless the chunk is no longer ours: its job, where nothing else is said. */
    default void giveUp(ChunkClaim claim, String problemJson, EndJob job) {
        job.fail(claim, problemJson);
    }

    /** What could not be done with the chunk, as the beginning of a sentence. */
    String failure(ChunkClaim claim);

    /** What the user can do then, as a part of a sentence. */
    default String remedy() {
        return "Retry the import";
    }
}
