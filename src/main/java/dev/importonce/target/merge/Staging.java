package dev.importonce.target.merge;

import dev.importonce.key.Ids;
import dev.importonce.postgres.BinaryArray;
import dev.importonce.postgres.BinaryCopy;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.CellCount;
import dev.importonce.target.type.Normaliser;
import dev.importonce.target.type.RejectKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Collects the rows of one block for staging: parallel arrays per share of the natural keys. Not thread-safe. */
public final class Staging {
    private final RowMapper mapper;
    private final List<Share> shares;
    private final int keyTexts;
    private final boolean ignoresCase;
    private final int columns;
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<RejectKind, Long> kinds = new EnumMap<>(RejectKind.class);
    private long rows;

    /** @param shares number of shares into which the job's natural keys are divided, at least 1 */
    public Staging(Target target, RowMapper mapper, int shares) {
        this.mapper = mapper;
        this.keyTexts = target.keyTexts();
        this.ignoresCase = target.isOperators();
        this.columns = target.attributes() ? target.texts() + 1 : target.texts();
        this.shares =
                Stream.generate(() -> new Share(target.texts())).limit(shares).toList();
    }

    /**
     * Adds one record to the share of its natural key, or to the rejects.
     *
     * @param numbers the places of cells that a spreadsheet has as numbers; null: none
     * @param fault why the record cannot be read, or null
     */
    public void add(long rowNumber, List<String> cells, BitSet numbers, String fault) {
        rows++;
        if (fault != null) {
            reject(RejectKind.UNREADABLE, mapper.reject(rowNumber, FileFaults.of(fault), cells, numbers));
            return;
        }
        try {
            String[] values = mapper.map(cells, numbers);
            String attributes = mapper.attributes(cells);
            shares.get(share(values)).add(rowNumber, values, attributes);
        } catch (Normaliser.Refused e) {
            reject(e.kind(), mapper.reject(rowNumber, e.reason(), cells, numbers));
        }
    }

    private void reject(RejectKind kind, Reject reject) {
        rejects.add(reject);
        kinds.merge(kind, 1L, Long::sum);
    }

    /** Number of records added, including rejected ones. */
    public long rows() {
        return rows;
    }

    /** Counts of cells, of all records that the mapper has mapped, that were read in a way that their sender may not expect. */
    public List<CellCount> oddCells() {
        return mapper.oddCells();
    }

    /** In file order. */
    public List<Reject> rejects() {
        return rejects;
    }

    /** Number of rejects of each kind that there is. */
    public Map<RejectKind, Long> rejectKinds() {
        return kinds;
    }

    /**
     * Writes one row per share, also for an empty share: the merge counts these rows to know that no block is missing.
     *
     * @param owner whose rows they are; null: the target's own table of staging has no such column
     */
    void writeTo(BinaryCopy out, UUID jobId, UUID userId, int block, UUID owner) {
        for (int share = 0; share < shares.size(); share++) {
            out.row((owner == null ? 4 : 5) + 2 + columns);
            out.uuid(jobId);
            out.uuid(userId);
            out.integer(share);
            out.integer(block);
            if (owner != null) out.uuid(owner);
            shares.get(share).writeTo(out, columns);
        }
    }

    /**
     * The share is the same for equal keys on every machine and in every release that uses the same database, since
     * String.hashCode is specified.
     */
    private int share(String[] values) {
        int key = 0;
        for (int i = 0; i < keyTexts; i++)
            key = 31 * key + (ignoresCase ? withoutCase(values[i]) : values[i].hashCode());
        int hash = key * 0x9E3779B9;
        return Math.floorMod(hash ^ hash >>> 16, shares.size());
    }

    /**
     * A declared table may have columns that ignore case: whether two keys are one, it decides for the whole share. The tables of
     * the service have none, and older instances divide their keys as they are.
     */
    private static int withoutCase(String value) {
        int hash = 0;
        for (int i = 0; i < value.length(); i++)
            hash = 31 * hash + Character.toLowerCase(Character.toUpperCase(value.charAt(i)));
        return hash;
    }

    private static final class Share {
        final BinaryArray rowNumbers = new BinaryArray(BinaryArray.Type.BIGINT);
        final BinaryArray[] texts;

        Share(int values) {
            texts = Stream.generate(() -> new BinaryArray(BinaryArray.Type.TEXT))
                    .limit(values + 1L)
                    .toArray(BinaryArray[]::new);
        }

        void add(long rowNumber, String[] values, String attributes) {
            rowNumbers.add(rowNumber);
            for (int i = 0; i < values.length; i++) texts[i].add(values[i]);
            texts[values.length].add(attributes);
        }

        /**
         * A first id for the merge, which gives new rows ids in the order of their natural keys: it takes one such id of the
         * share and counts on from it.
         */
        private static BinaryArray firstId() {
            BinaryArray first = new BinaryArray(BinaryArray.Type.UUID);
            first.add(Ids.first());
            return first;
        }

        void writeTo(BinaryCopy out, int columns) {
            out.array(rowNumbers);
            out.array(firstId());
            for (int i = 0; i < columns; i++) out.array(texts[i]);
        }
    }
}
