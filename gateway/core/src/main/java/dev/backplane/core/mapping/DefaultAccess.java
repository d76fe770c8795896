package dev.backplane.core.mapping;

/** What holds for a resource that has no access rules of its own. */
public enum DefaultAccess {
  /** Nobody may do anything with it. */
  NONE,
  /** Every caller who has proved who they are may do everything. */
  AUTHENTICATED,
  /** Everybody may do everything. */
  ANYONE
}
