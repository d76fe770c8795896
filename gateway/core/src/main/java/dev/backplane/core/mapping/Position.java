package dev.backplane.core.mapping;

/**
 * A place in the mapping file.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 */
public record Position(int line, int column) {}
