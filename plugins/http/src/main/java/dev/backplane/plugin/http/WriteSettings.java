package dev.backplane.plugin.http;

import dev.backplane.spi.Settings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the backend is written to.
 *
 * @param writes what it can promise of writes
 * @param ids who chooses the id of a new item
 * @param sendId how the id is added to a body that is put without it
 * @param create the method that creates an item at the list's path
 * @param replace the method that creates or replaces an item at its own path
 * @param delete the method that deletes it
 */
record WriteSettings(
    Writes writes, Ids ids, SendId sendId, String create, String replace, String delete) {
  /** What a backend can promise of writes. */
  enum Writes {
    /** It is not written to. */
    NONE,
    /** It tests If-Match and If-None-Match and writes in one step. */
    CONDITIONAL,
    /** It writes whatever is there. */
    UNCONDITIONAL
  }

  /** Who chooses ids. */
  enum Ids {
    BACKEND,
    UUID
  }

  /** Whether an item is put with its id in the body, and how that is written. */
  enum SendId {
    NO,
    TEXT,
    NUMBER
  }

  static WriteSettings read(Settings settings) {
    Writes writes = settings.choice("writes", Writes.NONE);
    Ids ids = settings.choice("ids", Ids.BACKEND);
    if (ids == Ids.UUID && writes == Writes.UNCONDITIONAL) {
      throw settings.wrong(
          "ids", "cannot be uuid with writes: unconditional, where two items might meet");
    }
    Optional<Settings> methods = settings.section("methods");
    return new WriteSettings(
        writes,
        ids,
        settings.choice("send-id", SendId.NO),
        method(methods, "create", "POST", Set.of("POST", "PUT")),
        method(methods, "replace", "PUT", Set.of("PUT", "POST", "PATCH")),
        method(methods, "delete", "DELETE", Set.of("DELETE", "POST")));
  }

  private static String method(
      Optional<Settings> methods, String operation, String usual, Set<String> possible) {
    if (methods.isEmpty()) {
      return usual;
    }
    String method = methods.get().optionalString(operation).orElse(usual).toUpperCase(Locale.ROOT);
    if (!possible.contains(method)) {
      throw methods
          .get()
          .wrong(
              operation,
              "should be one of " + String.join(", ", possible.stream().sorted().toList()));
    }
    return method;
  }
}
