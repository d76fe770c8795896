package dev.backplane.server;

import java.io.PrintWriter;
import java.util.List;

/** Rows of text under each other. */
final class Table {
  private Table() {}

  /** Prints rows that have the same number of cells; the last cell is as long as it is. */
  static void print(List<List<String>> rows, PrintWriter out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size() - 1; column++) {
        line.append(row.get(column))
            .repeat(' ', width(rows, column) - row.get(column).length() + 2);
      }
      out.println(line.append(row.getLast()));
    }
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
