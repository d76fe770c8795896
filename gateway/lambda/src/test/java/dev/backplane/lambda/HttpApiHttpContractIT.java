package dev.backplane.lambda;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import java.nio.file.Path;

/** The HTTP contract on the function behind an HTTP API, over the memory service. */
final class HttpApiHttpContractIT extends HttpContract {
  @Override
  protected Client start(Path mapping) throws Exception {
    return FunctionClient.start(EventKind.HTTP_API, mapping);
  }
}
