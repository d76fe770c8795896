package dev.backplane.spi;

/**
 * How a {@link Filter.Comparison} compares a stored value with its operands.
 *
 * <p>An operand is text and takes the type of the stored value: {@code 9} matches the number 9 and
 * the string "9". Strings compare by Unicode code point. A missing or null value matches only what
 * is said to match it; arrays and objects match only {@link #NE}, {@link #NIN}, {@link #IS_NULL}
 * with {@code false} and, arrays, {@link #CONTAINS}.
 *
 * <p>May grow: a store that meets an operator it does not know leaves that comparison to the
 * gateway.
 */
public enum Operator {
  /** Equal to the operand. */
  EQ("eq"),
  /** Not {@link #EQ}; a missing value matches. */
  NE("ne"),
  /** Greater than the operand: numbers with numbers, strings with strings. */
  GT("gt"),
  /** Greater than or equal to the operand. */
  GTE("gte"),
  /** Less than the operand. */
  LT("lt"),
  /** Less than or equal to the operand. */
  LTE("lte"),
  /** Equal to any of the operands, of which there is at least one. */
  IN("in"),
  /** Not {@link #IN}; a missing value matches. */
  NIN("nin"),
  /** A string that matches the operand as a whole, in which {@code *} stands for any text. */
  LIKE("like"),
  /** {@link #LIKE} without regard to case. */
  ILIKE("ilike"),
  /** A string that contains the operand, or an array with an element {@link #EQ} to it. */
  CONTAINS("contains"),
  /** A string that starts with the operand. */
  STARTS_WITH("startsWith"),
  /** A string that ends with the operand. */
  ENDS_WITH("endsWith"),
  /** Missing or null when the operand is {@code true}, present when it is {@code false}. */
  IS_NULL("isnull"),
  /** From the first operand to the second, both included. */
  BETWEEN("between");

  private final String word;

  Operator(String word) {
    this.word = word;
  }

  /**
   * The operator's name in a query, as in {@code price:gt=9}.
   *
   * @return for example {@code gt}
   */
  public String word() {
    return word;
  }
}
