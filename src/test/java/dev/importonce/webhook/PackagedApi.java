package dev.importonce.webhook;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class WebhookApiIT extends WebhookApiTest {}

@QuarkusIntegrationTest
class ReceiverAwayApiIT extends ReceiverAwayApiTest {}
