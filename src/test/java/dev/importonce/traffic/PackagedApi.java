package dev.importonce.traffic;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class ConnectionsApiIT extends ConnectionsApiTest {}

@QuarkusIntegrationTest
class ManyRequestsApiIT extends ManyRequestsApiTest {}

@QuarkusIntegrationTest
class SlowHeadsApiIT extends SlowHeadsApiTest {}

@QuarkusIntegrationTest
class SlowReadersApiIT extends SlowReadersApiTest {}

@QuarkusIntegrationTest
class SlowSendersApiIT extends SlowSendersApiTest {}

@QuarkusIntegrationTest
class UploadPlacesApiIT extends UploadPlacesApiTest {}

@QuarkusIntegrationTest
class WaitingUploadsApiIT extends WaitingUploadsApiTest {}
