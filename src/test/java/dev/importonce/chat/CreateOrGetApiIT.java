package dev.importonce.chat;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same on the packaged application. */
@QuarkusIntegrationTest
class CreateOrGetApiIT extends CreateOrGetApiTest {}
