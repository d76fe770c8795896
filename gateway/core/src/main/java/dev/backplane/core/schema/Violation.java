package dev.backplane.core.schema;

/**
 * A place where a body is not what its schema asks for.
 *
 * @param pointer the place in the body (RFC 6901)
 * @param kind what kind of mistake it is
 * @param message what is wanted there, in words that follow the name of the place; never a value of
 *     the body
 */
public record Violation(String pointer, Kind kind, String message) {
  /** Mistakes that are judged by who makes them, and all others. */
  public enum Kind {
    /** Something that is required is not there. */
    MISSING,
    /** Something is there that the schema does not allow to be there. */
    UNKNOWN,
    /** A value is not as it should be. */
    WRONG
  }

  /** What is said of something that is not there. */
  public static final String REQUIRED = "is required";

  /** What is said of a field that a schema does not name. */
  public static final String NOT_A_FIELD = "is not a field that may be here";

  /**
   * The place of a member.
   *
   * @param pointer the place of the object
   * @param name the member's name
   * @return the place of the member
   */
  public static String member(String pointer, String name) {
    return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
  }
}
