package dev.backplane.lambda;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The built function, called with one kind of event. */
final class FunctionClient implements Client {
  private final FunctionUnderTest function;
  private final EventKind kind;

  private FunctionClient(FunctionUnderTest function, EventKind kind) {
    this.function = function;
    this.kind = kind;
  }

  static FunctionClient start(EventKind kind, Path mapping) throws IOException {
    Path folder = Files.createDirectory(mapping.resolveSibling("function"));
    Path root = FunctionUnderTest.unpack(folder);
    return new FunctionClient(
        FunctionUnderTest.start(root, Map.of("BACKPLANE_MAPPING", mapping.toString())), kind);
  }

  @Override
  public Answer send(Request request) {
    return send(request, "");
  }

  /** As {@link #send(Request)}, of a caller whom the authorizer knows. */
  Answer send(Request request, String caller) {
    ClientAnswer answer =
        function.send(
            kind,
            new ClientRequest(request.method(), request.target(), request.headers(), request.body())
                .with("Accept-Encoding", "gzip"), // as every browser does
            caller);
    List<Map.Entry<String, String>> headers =
        answer.headers().entrySet().stream()
            .flatMap(header ->
                header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
            .toList();
    boolean compressed = answer.header("Content-Encoding").equals(Optional.of("gzip"));
    return new Answer(answer.status(), headers, compressed ? gunzip(answer.body()) : answer.body());
  }

  private static byte[] gunzip(byte[] body) {
    try {
      return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public boolean can(Feature feature) {
    return switch (feature) {
      case RAW_PATH -> kind.keepsPaths();
      case REPEATED_VALUES -> kind.keepsRepeated();
      case RAW_BODY, MALFORMED_URL -> false;
    };
  }

  @Override
  public void close() {
    function.close();
  }

  @Override
  public String toString() {
    return kind.toString();
  }
}
