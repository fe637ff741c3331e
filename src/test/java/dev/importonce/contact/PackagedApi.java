package dev.importonce.contact;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class AddressesApiIT extends AddressesApiTest {}

@QuarkusIntegrationTest
class OddValuesApiIT extends OddValuesApiTest {}

@QuarkusIntegrationTest
class ContactSearchApiIT extends ContactSearchApiTest {}
