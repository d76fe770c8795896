package dev.backplane.core.mapping;

/**
 * An entry under {@code services:}.
 *
 * @param kind the service that a plugin brings
 * @param settings what its resources share
 */
record NamedService(String kind, PlacedSettings settings) {}
