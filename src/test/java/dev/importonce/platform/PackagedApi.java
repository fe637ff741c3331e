package dev.importonce.platform;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class CronApiIT extends CronApiTest {}

@QuarkusIntegrationTest
class DashboardApiIT extends DashboardApiTest {}

@QuarkusIntegrationTest
class DatabaseAwayApiIT extends DatabaseAwayApiTest {}

@QuarkusIntegrationTest
class DeployedAddressesApiIT extends DeployedAddressesApiTest {}

@QuarkusIntegrationTest
class GeneratedClientApiIT extends GeneratedClientApiTest {}

@QuarkusIntegrationTest
class MetricsApiIT extends MetricsApiTest {}

@QuarkusIntegrationTest
class OpenApiDocumentApiIT extends OpenApiDocumentApiTest {}
