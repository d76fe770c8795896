package dev.backplane.plugin.dynamodb;

import java.time.Duration;

/** What a {@link FaultProxy} does to a request of DynamoDB's. */
sealed interface Fault {
  /** Says what an error would be about, and no client may get to know. */
  String SECRET = "table users of account 123456789012";

  /** An error comes instead of an answer of the database. */
  record Refuse(int status, String code, String message) implements Fault {}

  /** The database does so many operations of a batch; the others come back as unprocessed. */
  record Leave(int done) implements Fault {}

  /** The request is passed on after this time. */
  record Delay(Duration time) implements Fault {}

  /** No answer comes, and the connection stays open. */
  record Hang() implements Fault {}

  /** The connection is closed, and the database knows nothing of it. */
  record DropBefore() implements Fault {}

  /**
   * The database does what it is asked, and the connection is closed instead of an answer.
   *
   * @param meanwhile what happens in between
   */
  record DropAfter(Runnable meanwhile) implements Fault {}

  static Fault throttled() {
    return new Refuse(400, "ProvisionedThroughputExceededException", SECRET);
  }

  static Fault dropAfter() {
    return new DropAfter(() -> {});
  }
}
