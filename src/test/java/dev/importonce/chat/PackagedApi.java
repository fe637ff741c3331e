package dev.importonce.chat;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// What this room's tests ask over HTTP, asked again of the packaged application: the jar, or the native binary.

@QuarkusIntegrationTest
class ChatErrorsApiIT extends ChatErrorsApiTest {}

@QuarkusIntegrationTest
class ChatImportApiIT extends ChatImportApiTest {}

@QuarkusIntegrationTest
class ChatsOfOthersApiIT extends ChatsOfOthersApiTest {}

@QuarkusIntegrationTest
class CreateOrGetApiIT extends CreateOrGetApiTest {}

@QuarkusIntegrationTest
class MessagesApiIT extends MessagesApiTest {}
