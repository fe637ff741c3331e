package dev.importonce.job.submit;

import dev.importonce.job.JobStatus;
import dev.importonce.key.BaseKey;
import dev.importonce.key.IdempotencyKey;
import dev.importonce.postgres.Row;
import java.util.UUID;

/** The outcome of a submission. */
public sealed interface Submitted {
    <T> T match(Cases<T> cases);

    /** One answer per outcome. */
    interface Cases<T> {
        T created(Ref job);

        T alreadyActive(Ref job);

        T seenBefore(Ref job);

        T keyReused();
    }

    /** The properties of a job that answers need. */
    record Ref(UUID id, JobStatus status, BaseKey baseKey) {
        static Ref of(Row row, BaseKey baseKey) {
            return new Ref(row.uuid("id"), JobStatus.parse(row.text("status")), baseKey);
        }

        String idempotencyKey() {
            return IdempotencyKey.of(baseKey, id).value();
        }
    }

    /** A job exists that does this import. */
    sealed interface Found extends Submitted {
        Ref job();
    }

    /** A new job. */
    record Created(Ref job) implements Found {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.created(job);
        }
    }

    /** A job with the same user, mapping and file is already pending or processing. */
    record AlreadyActive(Ref job) implements Found {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.alreadyActive(job);
        }
    }

    /** The Idempotency-Key was used before with the same request. */
    record SeenBefore(Ref job) implements Submitted {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.seenBefore(job);
        }
    }

    /** The Idempotency-Key was used before with another request. */
    record KeyReused() implements Submitted {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.keyReused();
        }
    }
}
