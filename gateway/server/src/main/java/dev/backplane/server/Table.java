package dev.backplane.server;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text under each other. */
final class Table {
  private Table() {}

  /** Prints rows that have the same number of cells; the last cell is as long as it is. */
  static void print(List<List<String>> rows, PrintWriter out) {
    lines(rows).forEach(out::println);
  }

  /** The lines that {@link #print} prints. */
  static List<String> lines(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size() - 1; column++) {
        line.append(row.get(column))
            .repeat(' ', width(rows, column) - row.get(column).length() + 2);
      }
      lines.add(line.append(row.getLast()).toString());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
