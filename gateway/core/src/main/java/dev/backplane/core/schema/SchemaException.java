package dev.backplane.core.schema;

import java.util.List;

/** A schema that cannot be used; for the person who wrote it. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SchemaException(String problem) {
    this(List.of(problem));
  }

  SchemaException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /**
   * What is wrong.
   *
   * @return one or more, each to be read behind the name of the key
   */
  public List<String> problems() {
    return problems;
  }
}
