package dev.importonce.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Runs queries of Hibernate as {@link Sql} runs statements: in turn for a connection, and with the same exceptions. They select into
 * records, so that no entity is ever kept beside a statement that writes its row.
 */
@ApplicationScoped
public class Reads {
    private final Turns turns;

    Reads(Turns turns) {
        this.turns = turns;
    }

    /** What the query finds, in the current transaction, or in one of its own: Hibernate holds a connection until it has ended. */
    @Transactional
    public <T> T of(Supplier<T> query) {
        try {
            return turns.inTurn(query::get);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (PersistenceException e) {
            for (Throwable cause : RootCause.chain(e))
                if (cause instanceof SQLException sql) throw new DatabaseException(sql);
            throw e;
        }
    }
}
