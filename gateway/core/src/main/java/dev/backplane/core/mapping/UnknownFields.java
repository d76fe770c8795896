package dev.backplane.core.mapping;

/** What happens to a field of a body that the schema does not name. */
public enum UnknownFields {
  /** It is stored. */
  ALLOW,
  /** The write is refused. */
  REFUSE,
  /** It is left out. */
  STRIP
}
