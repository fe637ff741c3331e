package dev.importonce.source;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;

/** Plans bytes that are already here once more, for a mapping that names another format than the one detected. */
@ApplicationScoped
public class Replanner {
    private final BlockStore store;
    private final SourceConfig config;

    Replanner(BlockStore store, SourceConfig config) {
        this.store = store;
        this.config = config;
    }

    /** The plan of received bytes in that format. */
    public Plan plan(Received received, Format wanted) {
        if (received.stored()) return plan(received.userId(), received.uploadId(), received.plan(), wanted);
        return plan(received.plan(), wanted, block -> received.payloads().get(block.ordinal()));
    }

    /** The plan of a source in that format. */
    public Plan plan(Source source, Format wanted) {
        return plan(source.userId(), source.uploadId(), source.plan(), wanted);
    }

    private Plan plan(UUID userId, UUID uploadId, Plan known, Format wanted) {
        return plan(known, wanted, block -> store.read(userId, uploadId, block.byteOffset(), block.byteLength()));
    }

    private Plan plan(Plan known, Format wanted, Function<Block, byte[]> bytesOf) {
        if (wanted.equals(known.format())) return known;
        CsvPlanner planner = null;
        for (Block block : known.blocks()) {
            byte[] bytes = bytesOf.apply(block);
            if (planner == null) planner = new CsvPlanner(wanted, new Sample(bytes).markLength(), config.chunkRows());
            planner.feed(bytes, 0, bytes.length);
        }
        return planner.finish();
    }
}
