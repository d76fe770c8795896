package dev.backplane.core.mapping;

import java.util.Comparator;

/**
 * A place in the mapping file.
 *
 * @param line the line, from 1
 * @param column the column, from 1, in Unicode characters
 */
public record Position(int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> IN_FILE =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  /** Orders by line, then by column. */
  @Override
  public int compareTo(Position other) {
    return IN_FILE.compare(this, other);
  }
}
