package dev.backplane.plugin.jdbc;

import java.sql.SQLException;

/** One of several writes was refused by the database, so that none of them is done. */
final class StoppedWrite extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final transient SQLException failure;

  StoppedWrite(int index, SQLException failure) {
    super(failure);
    this.index = index;
    this.failure = failure;
  }

  int index() {
    return index;
  }

  SQLException failure() {
    return failure;
  }
}
