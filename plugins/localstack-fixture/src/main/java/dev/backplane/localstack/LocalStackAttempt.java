package dev.backplane.localstack;

/** What came of the wish to start LocalStack. */
public sealed interface LocalStackAttempt permits LocalStack, LocalStackAttempt.Absent {
  /**
   * None runs.
   *
   * @param reason what was tried and how it failed, in one line
   */
  record Absent(String reason) implements LocalStackAttempt {}
}
