package dev.importonce.identity;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class CrossOriginApiIT extends CrossOriginApiTest {}

@QuarkusIntegrationTest
class EdgeFunctionApiIT extends EdgeFunctionApiTest {}

@QuarkusIntegrationTest
class EveryEndpointApiIT extends EveryEndpointApiTest {}

@QuarkusIntegrationTest
class IntegrityAccessApiIT extends IntegrityAccessApiTest {}

@QuarkusIntegrationTest
class KeySetApiIT extends KeySetApiTest {}

@QuarkusIntegrationTest
class LegacyProjectApiIT extends LegacyProjectApiTest {}

@QuarkusIntegrationTest
class LocalDoorApiIT extends LocalDoorApiTest {}

@QuarkusIntegrationTest
class PublicDoorApiIT extends PublicDoorApiTest {}

@QuarkusIntegrationTest
class SupabaseJsApiIT extends SupabaseJsApiTest {}

@QuarkusIntegrationTest
class TokenApiIT extends TokenApiTest {}

@QuarkusIntegrationTest
class OthersMappingsApiIT extends OthersMappingsApiTest {}

@QuarkusIntegrationTest
class TwoUsersApiIT extends TwoUsersApiTest {}
