package dev.importonce.job;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same on the packaged application. */
@QuarkusIntegrationTest
class DoubleClickApiIT extends DoubleClickApiTest {}
