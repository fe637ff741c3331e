package dev.importonce.platform.startup;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.grammars.hql.HqlParser;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;

/**
 * Lets Hibernate's parser of queries learn, while the native binary is built, what it otherwise learns from the first query
 * after each start: an ANTLR parser computes its decision tables from the texts that it meets. The tables become a part of the
 * binary. Texts that the parser has not learned are read as correctly as before, but more slowly.
 */
@Singleton
class LearnedQueries {
    /** Queries as Panache writes them: what the service reads is made of the same parts. */
    private static final List<String> QUERIES = List.of(
            "SELECT new a.b.c.Row(id,userId,orgId,status) FROM a.b.c.Entity WHERE id = ?1",
            "SELECT new a.b.c.Row(id,userId) FROM a.b.c.Entity WHERE id = ?1 and userId = ?2",
            "SELECT new a.b.c.Row(id,email) FROM a.b.c.Entity WHERE orgId = ?1 and email > ?2 and email >= ?3 and email < ?4 order by email",
            "SELECT new a.b.c.Row(id,email) FROM a.b.c.Entity WHERE orgId = ?1 and email > ?2"
                    + " and cast(sql('? || ? ilike ?', firstName, email, ?3) as boolean) = true order by email",
            "SELECT new a.b.c.Row(id,userId) FROM a.b.c.Entity WHERE userId = :userId and status = :status"
                    + " and target = :target and createdAt >= :since and createdAt < :before"
                    + " and (createdAt < :time or createdAt = :time and id < :id) order by createdAt desc, id desc",
            "SELECT new a.b.c.Row(id,orgId) FROM a.b.c.Entity WHERE orgId = :orgId and status = :status and sentAt is null"
                    + " and campaignId = :campaignId and id < :after order by id desc",
            "SELECT new a.b.c.Row(id,members) FROM a.b.c.Entity WHERE id = ?1 and cast(sql('? = any(?)', ?2, members) as boolean) = true");

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) learn();
    }

    /** Makes this class, and with it the tables, a part of the binary. */
    void keep(@Observes StartupEvent started) {}

    static void learn() {
        for (String query : QUERIES) {
            HqlParser parser = HqlParseTreeBuilder.INSTANCE.buildHqlParser(
                    query, HqlParseTreeBuilder.INSTANCE.buildHqlLexer(query));
            // As Hibernate itself parses.
            parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
            parser.setErrorHandler(new BailErrorStrategy());
            parser.statement();
        }
    }
}
