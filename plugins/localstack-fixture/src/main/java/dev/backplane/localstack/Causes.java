package dev.backplane.localstack;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went wrong, from the outside in. */
final class Causes {
  private Causes() {}

  /** The messages of a failure and of its causes, in one line. */
  static String of(Throwable failure) {
    List<String> messages = new ArrayList<>();
    @Nullable Throwable cause = failure;
    while (cause != null) {
      String message = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
      if (messages.stream().noneMatch(said -> said.contains(message))) {
        messages.add(message);
      }
      cause = cause.getCause();
    }
    return String.join(": ", messages);
  }
}
