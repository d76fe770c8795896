package dev.backplane.core.plugin;

import dev.backplane.core.mapping.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file of a plugin directory that lists its jars with their SHA-256, in the form of {@code
 * sha256sum}. Where there is one, no other jar is loaded from the directory. Immutable.
 *
 * @param directory the plugin directory
 * @param digests lower-case SHA-256 by path in the directory, with slashes
 */
record PluginsLock(Path directory, SortedMap<String, String> digests) {
  static final String FILE = "plugins.lock";

  /** What a look for a lock gave: a lock, a problem, or neither when there is no such file. */
  record Reading(Optional<PluginsLock> lock, Optional<String> problem) {
    private static Reading failed(String problem) {
      return new Reading(Optional.empty(), Optional.of(problem));
    }
  }

  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](\\S[^\\p{Cntrl}]*)");

  static Reading read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return new Reading(Optional.empty(), Optional.empty());
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException binary) {
      return Reading.failed(file + " is not a text in UTF-8; " + writeAnew(directory));
    } catch (IOException failure) {
      return Reading.failed(Mistakes.unreadable(file.toString(), failure));
    }
    SortedMap<String, String> digests = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (!line.matches()) {
        return Reading.failed(
            "line %d of %s is not a SHA-256, two spaces and the path of a jar; %s"
                .formatted(i + 1, file, writeAnew(directory)));
      }
      String jar = Path.of(line.group(2)).normalize().toString().replace('\\', '/');
      String digest = line.group(1).toLowerCase(Locale.ROOT);
      String earlier = digests.putIfAbsent(jar, digest);
      if (earlier != null && !earlier.equals(digest)) {
        return Reading.failed(
            "%s lists %s twice, with two SHA-256; %s".formatted(file, jar, writeAnew(directory)));
      }
    }
    return new Reading(Optional.of(new PluginsLock(directory, digests)), Optional.empty());
  }

  /**
   * What a lock of these jars would be.
   *
   * @param directory the plugin directory
   * @param jars jars in it
   * @throws IOException when a jar cannot be read, or cannot be listed because of its name
   */
  static PluginsLock of(Path directory, Collection<Path> jars) throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    for (Path jar : jars) {
      String path = slashed(directory.relativize(jar));
      if (!path.equals(path.strip()) || path.matches("(?s).*[\\\\\\p{Cntrl}].*")) {
        throw new IOException("a jar with such a name cannot be listed: " + Names.quoted(path));
      }
      digests.put(path, sha256(jar));
    }
    return new PluginsLock(directory, digests);
  }

  Path file() {
    return directory.resolve(FILE);
  }

  /** Writes the lock, so that whoever reads meanwhile sees the old one or the new one. */
  void write() throws IOException {
    StringBuilder text = new StringBuilder();
    digests.forEach((jar, digest) -> text.append(digest).append("  ").append(jar).append('\n'));
    Path written = Files.createTempFile(directory, ".plugins", ".lock");
    try {
      Files.writeString(written, text);
      // a temporary file is for its owner alone, a lock for whoever may read the jars
      if (Files.getFileStore(written).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(
          written, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /**
   * Why a jar may not be loaded.
   *
   * @param jar where it is, in the directory
   * @param bytes the file that would be loaded: the jar itself or a copy of it
   * @return a sentence; empty when it may be loaded
   */
  Optional<String> refusal(Path jar, Path bytes) {
    String listed = digests.get(slashed(directory.relativize(jar)));
    if (listed == null) {
      return Optional.of(
          jar
              + " is not listed in "
              + file()
              + "; remove it, or if it is to be there, "
              + writeAnew(directory));
    }
    try {
      String found = sha256(bytes);
      return found.equals(listed)
          ? Optional.empty()
          : Optional.of(
              jar
                  + " is not the jar that "
                  + file()
                  + " lists: its SHA-256 is "
                  + found
                  + " and not "
                  + listed
                  + "; put the listed one back, or if the change is meant, "
                  + writeAnew(directory));
    } catch (IOException failure) {
      return Optional.of(Mistakes.unreadable(jar.toString(), failure));
    }
  }

  /** What is said of listed jars that are not among these; empty when all are. */
  Optional<String> missing(Collection<Path> jars) {
    List<String> there =
        jars.stream().map(directory::relativize).map(PluginsLock::slashed).toList();
    String missing =
        digests.keySet().stream()
            .filter(jar -> !there.contains(jar))
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            file()
                + " lists what is not there: "
                + missing
                + "; put it back, or if it is not needed any more, "
                + writeAnew(directory));
  }

  private static String writeAnew(Path directory) {
    return "run backplane plugin lock --plugins " + directory;
  }

  private static String slashed(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
