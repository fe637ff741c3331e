package dev.importonce.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Runs queries of Hibernate as {@link Sql} runs statements: they wait for a connection in the same queue, and throw the same
 * exceptions. Queries select into records, so that Hibernate never holds an entity whose row a statement changes.
 */
@ApplicationScoped
public class Reads {
    private final Turns turns;

    Reads(Turns turns) {
        this.turns = turns;
    }

    /**
     * The result of the query, in the current transaction, or in one of its own: Hibernate holds a connection until the
     * transaction has ended.
     */
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
