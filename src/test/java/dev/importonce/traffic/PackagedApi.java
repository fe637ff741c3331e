package dev.importonce.traffic;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class SlowSendersApiIT extends SlowSendersApiTest {}

@QuarkusIntegrationTest
class UploadPlacesApiIT extends UploadPlacesApiTest {}

@QuarkusIntegrationTest
class WaitingUploadsApiIT extends WaitingUploadsApiTest {}
