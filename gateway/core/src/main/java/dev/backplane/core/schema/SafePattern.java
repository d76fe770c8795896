package dev.backplane.core.schema;

import dev.backplane.spi.Turns;
import java.util.regex.Pattern;

/**
 * A regular expression of a schema. The expression is the operator's and the text the client's: a
 * text that would be tried in ever more ways is given up, so that no request costs more than its
 * {@link Steps} allow. Safe for use by many threads.
 */
final class SafePattern {
  /** How many characters may be looked at in one body with short texts; some milliseconds. */
  private static final long FEWEST_STEPS = 2_000_000;

  /** How many more for each character of a text. */
  private static final long STEPS_A_CHARACTER = 20;

  /** And never more; a few hundredths of a second. */
  private static final long MOST_STEPS = 10_000_000;

  private final Pattern pattern;

  private SafePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads an expression as JSON Schema has it, in the syntax of ECMA 262.
   *
   * @throws java.util.regex.PatternSyntaxException when it is not one
   */
  static SafePattern compile(String expression) {
    return new SafePattern(Pattern.compile(java(expression)));
  }

  /** What is left to spend on one body; for one thread. */
  static final class Steps {
    private final Turns turns = new Turns(200);
    private long left = FEWEST_STEPS;
    private long granted = FEWEST_STEPS;

    private void grant(long more) {
      long within = Math.min(more, MOST_STEPS - granted);
      granted += within;
      left += within;
    }

    private void take() {
      if (--left < 0) {
        throw new SpentException();
      }
      turns.next();
    }
  }

  /** The matching of a text would take too long. */
  static final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpentException() {
      super("spent", null, false, false);
    }
  }

  /**
   * Whether the expression matches anywhere.
   *
   * @throws SpentException when finding out takes too long
   */
  boolean find(String text, Steps steps) {
    steps.grant(STEPS_A_CHARACTER * text.length());
    try {
      return pattern.matcher(new Watched(text, steps)).find();
    } catch (StackOverflowError deep) {
      throw new SpentException(); // a group that is repeated is matched by recursion
    }
  }

  /** Where Java reads an expression in another way than ECMA 262 does. */
  private static String java(String expression) {
    StringBuilder java = new StringBuilder(expression.length() + 8);
    boolean inClass = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\' && i + 1 < expression.length()) {
        char escaped = expression.charAt(++i);
        boolean braced = escaped == 'u' && expression.startsWith("{", i + 1);
        java.append('\\').append(braced ? 'x' : escaped);
      } else if (inClass) {
        inClass = c != ']';
        // not a class within the class, and not what two classes have in common
        java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
      } else {
        inClass = c == '[';
        java.append(c == '$' ? "\\z" : String.valueOf(c)); // Java's would let a line end pass
      }
    }
    return java.toString();
  }

  private record Watched(String text, Steps steps) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      steps.take();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Watched(text.substring(start, end), steps);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
