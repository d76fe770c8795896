package dev.backplane.lambda;

import dev.backplane.core.contract.AccessContract;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/**
 * Who may do what on the function, over the memory service, by each kind of event whose authorizer
 * knows roles.
 */
final class FunctionAccessContractIT {
  @Nested
  final class RestApi extends Contract {
    RestApi() {
      super(EventKind.REST_API);
    }
  }

  @Nested
  final class HttpApi extends Contract {
    HttpApi() {
      super(EventKind.HTTP_API);
    }
  }

  @Nested
  final class HttpApiFormat1 extends Contract {
    HttpApiFormat1() {
      super(EventKind.HTTP_API_1_0);
    }
  }

  abstract static class Contract extends AccessContract {
    private final EventKind kind;

    Contract(EventKind kind) {
      this.kind = kind;
    }

    @Override
    protected final Client start(Path mapping) throws Exception {
      return new Authorized(FunctionClient.start(kind, mapping));
    }
  }

  /**
   * Does an authorizer's work: the key of a caller becomes what the event says of them, and does
   * not reach the function.
   *
   * @param function the function
   */
  private record Authorized(FunctionClient function) implements Client {
    @Override
    public Answer send(Request request) {
      List<Map.Entry<String, String>> headers =
          request.headers().stream()
              .filter(header -> !header.getKey().equals("X-API-Key"))
              .toList();
      String caller =
          request.headers().stream()
              .filter(header -> header.getKey().equals("X-API-Key"))
              .map(header -> header.getValue().replace("key-of-", ""))
              .findFirst()
              .map(name -> name + "|" + String.join(",", CALLERS.get(name)))
              .orElse("");
      Request sent = new Request(request.method(), request.target(), headers, request.body());
      return function.send(sent, caller);
    }

    private static final Map<String, List<String>> CALLERS = AccessContract.CALLERS;

    @Override
    public boolean can(Feature feature) {
      return function.can(feature);
    }

    @Override
    public void close() {
      function.close();
    }

    @Override
    public String toString() {
      return function.toString();
    }
  }
}
