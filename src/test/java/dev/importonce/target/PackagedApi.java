package dev.importonce.target;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class AmbiguousCellsApiIT extends AmbiguousCellsApiTest {}

@QuarkusIntegrationTest
class DeclaredTargetApiIT extends DeclaredTargetApiTest {}

@QuarkusIntegrationTest
class GeneratedTargetsApiIT extends GeneratedTargetsApiTest {}

@QuarkusIntegrationTest
class LeastRightsApiIT extends LeastRightsApiTest {}

@QuarkusIntegrationTest
class OddTablesApiIT extends OddTablesApiTest {}

@QuarkusIntegrationTest
class ReferencesApiIT extends ReferencesApiTest {}

@QuarkusIntegrationTest
class SpokenDeclarationsApiIT extends SpokenDeclarationsApiTest {}

@QuarkusIntegrationTest
class SpokenMisfitsApiIT extends SpokenMisfitsApiTest {}

@QuarkusIntegrationTest
class SpreadsheetCellsApiIT extends SpreadsheetCellsApiTest {}

@QuarkusIntegrationTest
class WorkedExamplesApiIT extends WorkedExamplesApiTest {}
