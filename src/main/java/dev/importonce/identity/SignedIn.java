package dev.importonce.identity;

import java.time.Instant;

/**
 * Who a token is of.
 *
 * @param until from when on the token is refused
 */
record SignedIn(Caller caller, Instant until) {}
