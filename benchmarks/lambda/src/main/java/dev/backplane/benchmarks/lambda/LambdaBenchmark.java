package dev.backplane.benchmarks.lambda;

import dev.backplane.benchmarks.dynamodb.Stub;
import dev.backplane.benchmarks.lambda.Function.Conditions;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long functions take to start and to answer, in AWS's own runtime client: Backplane's from a
 * zip and from an image, beside others. Run from the root of the checkout.
 */
public final class LambdaBenchmark {
  private static final int ROUNDS = (int) environment("ROUNDS", 9);
  private static final int WARM = (int) environment("WARM", 4000);
  private static final double QUOTA = environment("QUOTA", 0.289);

  private LambdaBenchmark() {}

  /**
   * Prepares the functions, starts them in turn, and prints what came out.
   *
   * @param args none
   * @throws Exception when one does not answer as it should
   */
  public static void main(String[] args) throws Exception {
    int port = freePort();
    Process stub = stub(port);
    try {
      List<Function> functions = new Functions(port).prepare();
      String only = System.getenv("ONLY");
      if (only != null) {
        functions = functions.stream().filter(function -> function.name().matches(only)).toList();
      }
      System.out.printf("On all processors, %d rounds:%n", ROUNDS);
      Report.print(run(functions, WARM, Optional.empty()));
      if (QUOTA > 0) {
        Optional<Quota> quota = Quota.of(QUOTA);
        if (quota.isPresent()) {
          System.out.printf("%nOn %.3f of a processor, %d rounds:%n", QUOTA, ROUNDS);
          Report.print(run(functions, 0, quota));
        }
      }
    } finally {
      stub.destroy();
    }
  }

  private static Map<String, List<Figures>> run(
      List<Function> functions, int calls, Optional<Quota> quota) throws Exception {
    Map<String, List<Figures>> all = new LinkedHashMap<>();
    for (Function function : functions) {
      function.run(new Conditions(0, false, quota)); // the files are in memory from here on
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Function function : functions) {
        all.computeIfAbsent(function.name(), name -> new ArrayList<>())
            .add(function.run(new Conditions(calls, round == 0, quota)));
      }
    }
    return all;
  }

  private static Process stub(int port) throws Exception {
    Process stub =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Stub.class.getName(),
                Integer.toString(port))
            .inheritIO()
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(stub::destroy));
    while (stub.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return stub;
        }
      } catch (ConnectException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IllegalStateException("the stub of DynamoDB does not start");
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static double environment(String name, double fallback) {
    String text = System.getenv(name);
    return text == null || text.isBlank() ? fallback : Double.parseDouble(text);
  }
}
