package dev.backplane.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One class path of jars that were meant for several class loaders: the runtime client's, the
 * function's, and one of each plugin. Jars with the same content are there once. What would have
 * been two versions of one thing is a conflict, because whoever comes second would run on the
 * first's.
 */
final class ClassPath {
  /** What plugins share with the gateway; where they bring it themselves, theirs is not used. */
  private static final Set<String> SHARED =
      Set.of("dev.backplane:backplane-spi", "org.slf4j:slf4j-api");

  private static final int HASH_LENGTH = 16;

  private final Map<String, Jar> jars = new LinkedHashMap<>(); // by hash
  private final List<String> conflicts = new ArrayList<>();

  /** Adds the jars of one owner, which get along with each other. */
  void add(List<Jar> owned) {
    List<Jar> others = List.copyOf(jars.values());
    for (Jar jar : owned) {
      boolean shared = SHARED.contains(jar.artifact()) && has(others, jar.artifact());
      if (shared || jars.containsKey(jar.hash())) {
        continue;
      }
      others.forEach(other -> conflict(other, jar).ifPresent(conflicts::add));
      jars.put(jar.hash(), jar);
    }
  }

  private static boolean has(List<Jar> others, String artifact) {
    return others.stream().anyMatch(other -> other.artifact().equals(artifact));
  }

  private static Optional<String> conflict(Jar first, Jar second) {
    if (first.artifact().equals(second.artifact())) {
      return Optional.of(
          message(first, second, "both are " + first.artifact() + ", in different versions"));
    }
    return first
        .differingClass(second)
        .map(name -> message(first, second, "both have " + name + ", and it differs"));
  }

  private static String message(Jar first, Jar second, String what) {
    return "%s of %s and %s of %s cannot be on one class path: %s. Bring the same version, or deploy function.zip, where each plugin has its own."
        .formatted(first.name(), first.owner(), second.name(), second.owner(), what);
  }

  /** One sentence each. */
  List<String> conflicts() {
    return conflicts;
  }

  /** The jars in their order, each with the name that it gets: its number is its place. */
  Map<String, Jar> named() {
    Map<String, Jar> named = new LinkedHashMap<>();
    for (Jar jar : jars.values()) {
      named.put("%03d-%s".formatted(named.size(), jar.name()), jar);
    }
    return named;
  }

  /** Changes with every name and every byte of a jar. */
  String hash() {
    MessageDigest digest = Jar.sha256();
    named()
        .forEach((name, jar) ->
            digest.update((jar.hash() + "  " + name + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
  }
}
