package dev.backplane.core.mapping;

/** What DELETE answers when the client does not say. */
public enum DeleteReturns {
  /** 204 without a body. */
  NOTHING,
  /** 200 with the deleted item. */
  ITEM
}
