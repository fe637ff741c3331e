// What a Node service would do for a submit, no more: fastify and pg, and the statements of our own submit in one transaction.
import { createHash, randomBytes } from "node:crypto";
import Fastify from "fastify";
import pg from "pg";

const USER = "00000000-0000-0000-0000-000000000001";
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const app = Fastify();
app.addContentTypeParser("text/csv", { parseAs: "buffer" }, (request, body, done) => done(null, body));

const uuid7 = () => {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(Date.now(), 0, 6);
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = bytes.toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

const FORMAT = JSON.stringify({ type: "csv", delimiter: ",", encoding: "UTF-8" });

app.post("/api/migrations/run", async (request, reply) => {
    const mapping = JSON.stringify(JSON.parse(request.query.mapping));
    const digest = createHash("sha256").update(request.body).digest();
    const baseKey = "v1:" + createHash("sha256").update(USER).update(mapping).update(digest).digest("hex");
    const lines = request.body.toString("utf8").trimEnd().split("\n");
    const header = lines[0].split(",");
    const rows = lines.length - 1;
    const offset = lines[0].length + 1;
    const [source, job] = [uuid7(), uuid7()];
    const client = await pool.connect();
    try {
        await client.query("begin");
        const active = await client.query(
            `update migration_jobs set duplicate_requests = duplicate_requests + 1, updated_at = now()
             where user_id = $1 and base_idempotency_key = $2 and status not in ('cancelled', 'completed', 'failed')
             returning id, status`,
            [USER, baseKey],
        );
        if (active.rowCount) return { jobId: active.rows[0].id, created: false };
        await client.query(
            `insert into sources as s (id, user_id, upload_id, sha256, byte_count, format, header, row_count)
             values ($1, $2, $1, $3, $4, $5, $6, $7)
             on conflict (user_id, sha256) where upload_id is not null do update set last_used_at = now()
             returning s.id`,
            [source, USER, digest, request.body.length, FORMAT, header, rows],
        );
        await client.query(
            "insert into uploads (id, user_id) values ($1, $2) on conflict (id, user_id) do update set touched_at = now()",
            [source, USER],
        );
        await client.query(
            `insert into source_blocks (upload_id, user_id, ordinal, byte_offset, byte_length, records_offset, first_row, row_count, payload)
             values ($1, $2, 0, 0, $3, $4, 2, $5, $6)`,
            [source, USER, request.body.length, offset, rows, request.body],
        );
        const created = await client.query(
            `insert into migration_jobs as j (id, user_id, org_id, target, source_id, mapping, format, header,
                 base_idempotency_key, idempotency_key, blocks, shares, total_rows, turn)
             values ($1, $2, $2, 'contacts', $3, $4, $5, $6, $7, $8, 1, 1, $9, greatest(now(), (
                 select max(turn) + interval '1 second' from migration_jobs
                 where org_id = $2 and status not in ('cancelled', 'completed', 'failed'))))
             on conflict (user_id, base_idempotency_key) where status not in ('cancelled', 'completed', 'failed')
             do update set duplicate_requests = j.duplicate_requests + 1, updated_at = now()
             returning j.id, j.status`,
            [job, USER, source, mapping, FORMAT, header, baseKey, `${baseKey}_${job}`, rows],
        );
        await client.query(
            `insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn, byte_offset, byte_length, first_row, row_count)
             select id, user_id, 'reading', 0, 'pending', now(), turn, $3::bigint, $4::integer, 2, $5::integer
             from migration_jobs where id = $1 and user_id = $2
             union all
             select id, user_id, 'merging', 0, 'waiting', null, turn, null, null, null, null
             from migration_jobs where id = $1 and user_id = $2`,
            [job, USER, offset, request.body.length - offset, rows],
        );
        await client.query("commit");
        return reply.code(202).send({ jobId: created.rows[0].id, status: "pending", created: true });
    } finally {
        client.release();
    }
});

await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
