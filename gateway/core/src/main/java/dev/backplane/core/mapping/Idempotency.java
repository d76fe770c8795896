package dev.backplane.core.mapping;

import java.time.Duration;

/**
 * Where answers are kept for requests with an {@code Idempotency-Key}.
 *
 * @param resource the resource whose store keeps them; not served itself
 * @param expiresAfter how long an answer is kept
 */
public record Idempotency(String resource, Duration expiresAfter) {}
