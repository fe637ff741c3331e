package dev.importonce.problem;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class ErrorTableApiIT extends ErrorTableApiTest {}

@QuarkusIntegrationTest
class EverySentenceSpokenApiIT extends EverySentenceSpokenApiTest {}

@QuarkusIntegrationTest
class FileErrorsApiIT extends FileErrorsApiTest {}

@QuarkusIntegrationTest
class FuzzApiIT extends FuzzApiTest {}

@QuarkusIntegrationTest
class JobErrorsApiIT extends JobErrorsApiTest {}

@QuarkusIntegrationTest
class MappingErrorsApiIT extends MappingErrorsApiTest {}

@QuarkusIntegrationTest
class SpokenProblemsApiIT extends SpokenProblemsApiTest {}

@QuarkusIntegrationTest
class TooLargeApiIT extends TooLargeApiTest {}

@QuarkusIntegrationTest
class UnreadBodyApiIT extends UnreadBodyApiTest {}
