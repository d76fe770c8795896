package dev.backplane.benchmarks.dynamodb;

import dev.backplane.plugin.dynamodb.InProcess;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The SDK's call behind a route of Javalin as it comes, which answers with bytes that were there
 * before: the least that a gateway made of Javalin and the SDK can spend on a request.
 */
final class BareRoute {
  private BareRoute() {}

  /** One of the SDK's calls. */
  private interface Call {
    void run(Calls calls) throws Exception;
  }

  /**
   * Serves {@code /api/items/{id}} and {@code /api/items} until it is killed.
   *
   * @param args the port, and the port of the stub
   */
  public static void main(String[] args) {
    List<String> ids = IntStream.range(0, Samples.BATCH).mapToObj(Samples::id).toList();
    Calls sdk =
        new InProcess(
                DynamoDbBenchmark.settings(Integer.parseInt(args[1])),
                Samples.id(42),
                Samples.body(42),
                ids,
                Samples.PAGE)
            .sdk();
    byte[] item = Samples.body(42).getBytes(StandardCharsets.UTF_8);
    byte[] page = array(Samples.PAGE);
    byte[] batch = array(Samples.BATCH);
    Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.routes.get(
                  "/api/items/{id}", context -> answer(context, sdk, Calls::get, item));
              config.routes.put(
                  "/api/items/{id}",
                  context -> {
                    context.bodyAsBytes();
                    answer(context, sdk, Calls::put, item);
                  });
              config.routes.get(
                  "/api/items",
                  context -> {
                    boolean batched = context.queryParam("id") != null;
                    answer(
                        context, sdk, batched ? Calls::batch : Calls::list, batched ? batch : page);
                  });
            })
        .start("127.0.0.1", Integer.parseInt(args[0]));
  }

  private static void answer(Context context, Calls sdk, Call call, byte[] answer)
      throws Exception {
    call.run(sdk);
    context.res().setContentLength(answer.length); // or Javalin sends a long one in chunks
    context.contentType("application/json").result(answer);
  }

  private static byte[] array(int size) {
    return IntStream.range(0, size)
        .mapToObj(Samples::body)
        .toList()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
