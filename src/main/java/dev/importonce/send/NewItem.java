package dev.importonce.send;

import java.time.Instant;

/**
 * A message to enqueue, checked.
 *
 * @param scheduledFor null: now
 */
record NewItem(String campaignId, String prospectId, int step, String channel, String body, Instant scheduledFor) {}
