package dev.importonce.source;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class CasesApiIT extends CasesApiTest {}

@QuarkusIntegrationTest
class EncodingsApiIT extends EncodingsApiTest {}

@QuarkusIntegrationTest
class ForeignApiIT extends ForeignApiTest {}

@QuarkusIntegrationTest
class FormatsApiIT extends FormatsApiTest {}

@QuarkusIntegrationTest
class HalfCharactersApiIT extends HalfCharactersApiTest {}

@QuarkusIntegrationTest
class OddFilesApiIT extends OddFilesApiTest {}

@QuarkusIntegrationTest
class S3ApiIT extends S3ApiTest {}

@QuarkusIntegrationTest
class SupabaseStorageApiIT extends SupabaseStorageApiTest {}

@QuarkusIntegrationTest
class TusApiIT extends TusApiTest {}
