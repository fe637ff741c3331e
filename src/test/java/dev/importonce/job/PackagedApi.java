package dev.importonce.job;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class DoubleClickApiIT extends DoubleClickApiTest {}

@QuarkusIntegrationTest
class PreviewChangesApiIT extends PreviewChangesApiTest {}

@QuarkusIntegrationTest
class PreviewApiIT extends PreviewApiTest {}

@QuarkusIntegrationTest
class RememberedMappingApiIT extends RememberedMappingApiTest {}

@QuarkusIntegrationTest
class SpokenRejectsApiIT extends SpokenRejectsApiTest {}

@QuarkusIntegrationTest
class TargetsApiIT extends TargetsApiTest {}

@QuarkusIntegrationTest
class UndoApiIT extends UndoApiTest {}

@QuarkusIntegrationTest
class WatchersApiIT extends WatchersApiTest {}

@QuarkusIntegrationTest
class JobListApiIT extends JobListApiTest {}
