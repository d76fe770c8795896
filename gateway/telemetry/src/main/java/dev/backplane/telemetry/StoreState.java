package dev.backplane.telemetry;

/**
 * How an open store is.
 *
 * @param resource the resource that it is of
 * @param service the service that opened it
 * @param isUp whether it answered when it was last asked
 */
public record StoreState(String resource, String service, boolean isUp) {}
