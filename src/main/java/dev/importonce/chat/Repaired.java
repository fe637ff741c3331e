package dev.importonce.chat;

/**
 * What a repair of the chats did.
 *
 * @param keysFilled chats that got their key
 * @param merged chats that became a redirect to an older one of the same participants
 * @param messagesMoved messages that moved to the chats that were kept
 */
public record Repaired(long keysFilled, long merged, long messagesMoved) {}
