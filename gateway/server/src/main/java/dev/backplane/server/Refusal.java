package dev.backplane.server;

/**
 * Why a request was refused for what others, or the same caller, ask of the server; for whoever
 * counts or logs requests.
 */
enum Refusal {
  /** The address has used up its quota: 429. */
  ADDRESS,
  /** The caller has used up theirs: 429. */
  CALLER,
  /** As many requests as there is room for are being answered, or too many of the address: 503. */
  BUSY;

  /** The attribute of a refused request that holds one of these. */
  static final String ATTRIBUTE = "dev.backplane.refusal";
}
