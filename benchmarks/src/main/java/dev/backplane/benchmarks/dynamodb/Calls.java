package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;

/** What one client can do in one way to reach the table. For one thread. */
public interface Calls extends AutoCloseable {
  /**
   * Reads one item.
   *
   * @throws IOException when that fails
   */
  void get() throws IOException;

  /**
   * Writes one item, on no condition.
   *
   * @throws IOException when that fails
   */
  void put() throws IOException;

  /**
   * Reads the first page of the table.
   *
   * @throws IOException when that fails
   */
  void list() throws IOException;

  /**
   * Reads a hundred items by their ids.
   *
   * @throws IOException when that fails
   */
  void batch() throws IOException;

  @Override
  default void close() throws IOException {}
}
