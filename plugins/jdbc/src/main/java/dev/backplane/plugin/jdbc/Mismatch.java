package dev.backplane.plugin.jdbc;

/** The mapping does not fit the database. The sentence is for the operator, in the log. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Mismatch(String sentence) {
    super(sentence);
  }
}
