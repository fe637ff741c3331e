package dev.importonce.source.block;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.source.format.Format;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The bytes of sources, in the database, addressed by their offset in the file. */
@ApplicationScoped
public class BlockStore {
    private static final String OPEN =
            "insert into uploads (id, user_id) values (?, ?) on conflict (id, user_id) do update set touched_at = excluded.touched_at";

    private static final String APPEND = """
            insert into source_blocks (upload_id, user_id, ordinal, byte_offset, byte_length, records_offset, first_row, row_count, packed, payload)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String DISCARD = "delete from uploads where id = ? and user_id = ?";

    /**
     * Where blocks are not in the same database as uploads, no foreign key removes them with their upload. In the same transaction,
     * after the upload: its row lock keeps away who would add to it.
     */
    private static final String FORGET = "delete from source_blocks where upload_id = ? and user_id = ?";

    private static final String PAYLOAD =
            "select byte_length, packed, payload from source_blocks where upload_id = ? and user_id = ? and ordinal = ?";

    private static final String RANGE = """
            select byte_offset, byte_length, packed, payload
            from source_blocks
            where upload_id = ? and user_id = ? and byte_offset < ? and byte_offset + byte_length > ?
            order by ordinal
            """;

    private static final String PLAN = """
            select ordinal, byte_offset, byte_length, records_offset, first_row, row_count
            from source_blocks
            where upload_id = ? and user_id = ?
            order by ordinal
            """;

    private static final String FIRST = """
            select ordinal, byte_offset, byte_length, records_offset, first_row, row_count
            from source_blocks
            where upload_id = ? and user_id = ? and row_count > 0
            order by ordinal
            limit 1
            """;

    private final Sql sql;
    private final ExecutorService aside = Executors.newCachedThreadPool(run -> daemon(run, "importonce-storing"));

    /** One thread per core, for all uploads. Writes wait for it, so that they have other threads. */
    private final ExecutorService packing = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), run -> daemon(run, "importonce-packing"));

    public BlockStore(Sql sql) {
        this.sql = sql;
    }

    @PreDestroy
    void stop() {
        aside.shutdown();
        packing.shutdown();
    }

    private static Thread daemon(Runnable run, String name) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Packs a block on another thread: the slowest part of an upload begins before the block's turn to be written. */
    CompletableFuture<byte[]> packAside(byte[] payload) {
        return CompletableFuture.supplyAsync(() -> Packing.pack(payload), packing);
    }

    /** Runs {@link #append} on another thread, so that the caller can continue reading. */
    CompletableFuture<Void> appendAside(
            UUID userId, UUID uploadId, List<Block> blocks, List<CompletableFuture<byte[]>> packed) {
        return CompletableFuture.runAsync(() -> append(userId, uploadId, blocks, packed), aside);
    }

    /** Stores blocks of an unsealed upload in a transaction of their own; sealing it makes them durable. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void append(UUID userId, UUID uploadId, List<Block> blocks, List<CompletableFuture<byte[]>> packed) {
        // Waits before the first statement, which takes a connection.
        List<byte[]> payloads = packed.stream().map(CompletableFuture::join).toList();
        sql.commitLazily();
        insert(userId, uploadId, blocks, payloads);
    }

    /** Stores blocks in the current transaction, whose thread packs, too: it does not wait until it is its turn among all uploads. */
    public void put(UUID userId, UUID uploadId, List<Block> blocks, List<byte[]> payloads) {
        insert(
                userId,
                uploadId,
                blocks,
                payloads.parallelStream().map(Packing::pack).toList());
    }

    private void insert(UUID userId, UUID uploadId, List<Block> blocks, List<byte[]> packed) {
        sql.update(OPEN, uploadId, userId);
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            sql.update(
                    APPEND,
                    uploadId,
                    userId,
                    block.ordinal(),
                    block.byteOffset(),
                    block.byteLength(),
                    block.recordsOffset(),
                    block.firstRow(),
                    block.rowCount(),
                    packed.get(i).length < block.byteLength(),
                    packed.get(i));
        }
    }

    private static byte[] payload(Row row) {
        byte[] payload = row.bytes("payload");
        return row.bool("packed") ? Packing.unpack(payload, row.integer("byte_length")) : payload;
    }

    /** Removes an upload that did not become a source, with its blocks. */
    @Transactional
    public void discard(UUID userId, UUID uploadId) {
        sql.update(DISCARD, uploadId, userId);
        forget(userId, uploadId);
    }

    /** Removes the blocks of an upload that the current transaction has removed or closed. */
    public void forget(UUID userId, UUID uploadId) {
        sql.update(FORGET, uploadId, userId);
    }

    public void discard(StoredBlocks deposited) {
        if (deposited.stored()) discard(deposited.userId(), deposited.uploadId());
    }

    public List<Block> blocks(UUID userId, UUID uploadId) {
        return sql.list(PLAN, BlockStore::block, uploadId, userId);
    }

    /** The first block that has rows. */
    public Optional<Block> first(UUID userId, UUID uploadId) {
        return sql.first(FIRST, BlockStore::block, uploadId, userId);
    }

    private static Block block(Row row) {
        return new Block(
                row.integer("ordinal"),
                row.bigint("byte_offset"),
                row.integer("byte_length"),
                row.bigint("records_offset"),
                row.bigint("first_row"),
                row.integer("row_count"));
    }

    /**
     * The rows of one of a plan's blocks, in file order.
     *
     * @param columns number of columns of the header
     */
    public Iterator<FileRow> rows(UUID userId, UUID uploadId, Format format, int columns, Block block) {
        byte[] bytes = read(userId, uploadId, block.recordsOffset(), block.recordsLength());
        return FileRow.read(format, columns, block, bytes);
    }

    /** The rows of a block that is not part of a source yet. */
    public Iterator<FileRow> rows(StoredBlocks deposited, Plan plan, Block block) {
        byte[] bytes = read(deposited, block.recordsOffset(), block.recordsLength());
        return FileRow.read(plan.format(), plan.header().size(), block, bytes);
    }

    /** The bytes of an upload, read a block at a time. */
    public InputStream open(UUID userId, UUID uploadId) {
        return new BlockStream(ordinal -> sql.first(PAYLOAD, BlockStore::payload, uploadId, userId, ordinal)
                .orElse(null));
    }

    /** The bytes of blocks that may still be in memory. */
    public InputStream open(StoredBlocks deposited) {
        return deposited.stored()
                ? open(deposited.userId(), deposited.uploadId())
                : new BlockStream(ordinal -> ordinal < deposited.payloads().size()
                        ? deposited.payloads().get(ordinal)
                        : null);
    }

    /** At most {@code most} bytes from {@code offset} on. */
    public byte[] read(StoredBlocks deposited, long offset, int most) {
        long length = deposited.blocks().isEmpty()
                ? 0
                : deposited.blocks().get(deposited.blocks().size() - 1).end();
        int count = (int) Math.min(most, length - offset);
        if (deposited.stored()) return read(deposited.userId(), deposited.uploadId(), offset, count);
        try (InputStream in = open(deposited)) {
            in.skipNBytes(offset);
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes from {@code offset} on, independent of the boundaries of the stored blocks. */
    public byte[] read(UUID userId, UUID uploadId, long offset, int length) {
        byte[] range = new byte[length];
        sql.list(
                RANGE,
                row -> {
                    byte[] payload = payload(row);
                    long start = row.bigint("byte_offset");
                    int from = (int) Math.max(0, offset - start);
                    int to = (int) Math.min(payload.length, offset + length - start);
                    System.arraycopy(payload, from, range, (int) (start + from - offset), to - from);
                    return null;
                },
                uploadId,
                userId,
                offset + length,
                offset);
        return range;
    }
}
