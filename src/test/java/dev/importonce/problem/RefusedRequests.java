package dev.importonce.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of requests that are refused: none of them may store anything. */
abstract class RefusedRequests {
    Database database;

    private Stored before;

    @BeforeEach
    void remember() {
        before = Stored.in(database);
    }

    @AfterEach
    void nothing_was_stored() {
        assertEquals(before, Stored.in(database));
    }
}
