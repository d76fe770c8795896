package dev.backplane.core.http;

/**
 * What a client asks of an item.
 *
 * @param projection which fields are sent
 * @param relations which relations are followed
 */
record ItemRequest(Projection projection, RelationWords relations) {}
