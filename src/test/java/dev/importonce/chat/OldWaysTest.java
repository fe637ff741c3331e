package dev.importonce.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why incident 3 happened, and the repairs that are none: the ways that this service must never go back to. */
@NotPartitioned("begins with tables from before this service")
class OldWaysTest {
    private static final int CALLERS = 20;

    private Database database;

    @BeforeEach
    void legacy_table() {
        database = new Database(TestPostgres.newDatabase());
        database.update("create table chats (id serial primary key, participants_key text)");
    }

    /** Everyone looks, nobody finds, everyone inserts. */
    @Test
    void looking_for_the_chat_before_making_it_makes_one_per_caller() throws Exception {
        CyclicBarrier everyoneHasLooked = new CyclicBarrier(CALLERS);

        Talk.atOnce(CALLERS, () -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet found =
                            statement.executeQuery("select id from chats where participants_key = 'UserA_UserB'")) {
                boolean exists = found.next();
                everyoneHasLooked.await();
                if (!exists) statement.execute("insert into chats (participants_key) values ('UserA_UserB')");
                return exists;
            }
        });

        assertEquals(CALLERS, database.count("select count(*) from chats"));
    }

    /** With an index there is one chat, but whoever waited for its maker has a view of the table without it, and gets no row. */
    @Test
    void do_nothing_and_select_returns_no_chat_to_the_second_caller() throws Exception {
        database.update("create unique index unique_chat_participants on chats (participants_key)");
        String doNothing = """
                with made as (
                    insert into chats (participants_key) values ('UserA_UserB') on conflict do nothing returning id
                )
                select id from made
                union all
                select id from chats where participants_key = 'UserA_UserB'
                """;
        try (Connection first = database.connect()) {
            first.setAutoCommit(false);
            first.createStatement().execute("insert into chats (participants_key) values ('UserA_UserB')");
            FutureTask<List<List<Object>>> second = new FutureTask<>(() -> database.rows(doNothing));
            new Thread(second).start();
            Talk.untilBlocked(database, second);
            first.commit();

            assertEquals(List.of(), second.get());
        }
    }

    /** The members alone, joined: strangers share a chat. */
    @Test
    void joining_members_as_they_are_gives_strangers_one_key() {
        assertEquals(
                1,
                Stream.of(List.of("a_b", "c"), List.of("a", "b_c"), List.of("a", "b", "c"))
                        .map(members -> String.join("_", members))
                        .distinct()
                        .count());
    }

    /** A merge changes no key, so a foreign key does not make the message wait: it stays behind in the chat merged away. */
    @Test
    void a_foreign_key_lets_a_message_into_a_chat_being_merged_away() throws SQLException {
        database.update("create table messages (chat_id int not null references chats (id))");
        database.update("alter table chats add column merged_into int references chats (id)");
        database.update("insert into chats (id) values (1), (2)");
        try (Connection merge = database.connect()) {
            merge.setAutoCommit(false);
            merge.createStatement().execute("update chats set merged_into = 1 where id = 2");
            merge.createStatement().execute("update messages set chat_id = 1 where chat_id = 2");

            Future<Integer> message = task(() ->
                    database.update("insert into messages select coalesce(merged_into, id) from chats where id = 2"));
            Talk.untilBlocked(database, message);
            assertTrue(message.isDone());
            merge.commit();
        }
        assertEquals(1, database.count("select count(*) from messages where chat_id = 2"));
    }

    private static <T> Future<T> task(java.util.concurrent.Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }
}
