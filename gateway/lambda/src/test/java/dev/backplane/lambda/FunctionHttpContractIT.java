package dev.backplane.lambda;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The HTTP contract on the function, over the memory service, by each kind of event. */
final class FunctionHttpContractIT {
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

  @Nested
  final class FunctionUrl extends Contract {
    FunctionUrl() {
      super(EventKind.FUNCTION_URL);
    }
  }

  @Nested
  final class LoadBalancer extends Contract {
    LoadBalancer() {
      super(EventKind.ALB);
    }
  }

  @Nested
  final class LoadBalancerMultiValue extends Contract {
    LoadBalancerMultiValue() {
      super(EventKind.ALB_MULTI_VALUE);
    }
  }

  abstract static class Contract extends HttpContract {
    private final EventKind kind;

    Contract(EventKind kind) {
      this.kind = kind;
    }

    @Override
    protected final Client start(Path mapping) throws Exception {
      return FunctionClient.start(kind, mapping);
    }
  }
}
