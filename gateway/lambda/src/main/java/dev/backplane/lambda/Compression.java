package dev.backplane.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes an answer smaller that could not be returned otherwise: the page of {@code /docs} is larger
 * than a load balancer takes. All others go out as they are, because whoever stands before the
 * function compresses at less cost.
 */
final class Compression {
  /** As much as can be compressed in the time that is left at the very end. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private static final Pattern NEVER = Pattern.compile("(?i).*;\\s*q=0(\\.0*)?\\s*");

  private Compression() {}

  /**
   * Compresses an answer.
   *
   * @param answer an answer that is too large
   * @param event what it answers
   * @return the same answer with less; empty when the client or the way to it does not take that
   */
  static Optional<Answer> smaller(Answer answer, Event event) {
    // REST APIs undo Base64 only where their binary media types say so.
    if (event.format() == Event.Format.V1
        || answer.body().length > LARGEST
        || !takesGzip(event.headers().getOrDefault("Accept-Encoding", List.of()))) {
      return Optional.empty();
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    List<String> vary = new ArrayList<>();
    answer
        .headers()
        .forEach((name, values) -> {
          if (name.equalsIgnoreCase("Vary")) {
            vary.addAll(values);
          } else {
            headers.put(name, values);
          }
        });
    vary.add("Accept-Encoding");
    headers.put("Vary", vary);
    headers.put("Content-Encoding", List.of("gzip"));
    return Optional.of(new Answer(answer.status(), headers, gzip(answer.body())));
  }

  private static boolean takesGzip(List<String> accepted) {
    return accepted.stream()
        .flatMap(header -> Pattern.compile(",").splitAsStream(header))
        .filter(coding -> coding.split(";", 2)[0].strip().equalsIgnoreCase("gzip"))
        .anyMatch(coding -> !NEVER.matcher(coding).matches());
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4);
    try (OutputStream out = new Fast(compressed)) {
      out.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return compressed.toByteArray();
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
