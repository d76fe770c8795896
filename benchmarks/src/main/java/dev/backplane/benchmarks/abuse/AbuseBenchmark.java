package dev.backplane.benchmarks.abuse;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a client waits who uses the server as it is meant to be used, alone and while somebody
 * abuses it: p50 and p99, and by how much they are longer, within one run.
 */
public final class AbuseBenchmark {
  private static final int ROUNDS = number("ROUNDS", 3);
  private static final int SECONDS = number("SECONDS", 4);
  private static final int ABUSERS = number("ABUSERS", 8);
  private static final String HEAP = "-Xmx256m";

  /** How often an address may ask in a second; 0: as often as it likes. */
  private static final int LIMIT = number("LIMIT", 0);

  /** The good client asks so often; what it waits for the last answer is its own time. */
  private static final long PERIOD_NANOS =
      LIMIT == 0 ? 4_000_000 : Duration.ofSeconds(1).toNanos() * 5 / 4 / LIMIT;

  private static final byte[][] GOOD = {
    Connection.get("/api/good/7"), Connection.get("/api/good?_limit=10&n:gt=500")
  };

  /** Whoever abuses the server has 127.0.0.1. */
  private static final String GOOD_ADDRESS = "127.0.0.2";

  private AbuseBenchmark() {}

  private record Latency(double p50, double p99, int answers) {}

  private record Pair(Latency alone, Latency abused, long requests) {
    double ratio() {
      return abused.p99 / alone.p99;
    }
  }

  static int number(String name, int fallback) {
    String text = System.getenv(name);
    return text == null ? fallback : Integer.parseInt(text);
  }

  /**
   * Runs it.
   *
   * @param args the kinds to try; all when there are none
   */
  public static void main(String[] args) throws Exception {
    List<Kind> kinds =
        args.length == 0 ? List.of(Kind.values()) : Arrays.stream(args).map(Kind::valueOf).toList();
    Path directory = Files.createTempDirectory("abuse");
    Process server = server(directory);
    try (BufferedReader output = server.inputReader()) {
      int port = URI.create(output.readLine().replace("Backplane listens on ", "")).getPort();
      fill(port);
      warmUp(port);
      Map<Kind, List<Pair>> pairs = new EnumMap<>(Kind.class);
      for (int round = 0; round < ROUNDS; round++) {
        for (Kind kind : kinds) {
          pairs.computeIfAbsent(kind, none -> new ArrayList<>()).add(pair(port, kind));
        }
      }
      System.out.printf(
          "%-20s %10s %10s %10s %10s %8s %12s%n",
          "ms", "p50 alone", "p99 alone", "p50", "p99", "ratio", "abuses/s");
      pairs.forEach(AbuseBenchmark::print);
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static Pair pair(int port, Kind kind) throws Exception {
    Latency alone = measure(port, SECONDS);
    try (Abuser abuser = new Abuser(port, kind, ABUSERS)) {
      Thread.sleep(500);
      long before = abuser.requests();
      Latency abused = measure(port, SECONDS);
      boolean held = kind == Kind.SLOW_READERS || kind == Kind.IDLE_CONNECTIONS;
      long requests = held ? before : (abuser.requests() - before) / SECONDS;
      return new Pair(alone, abused, requests);
    }
  }

  /** The round whose ratio is in the middle. */
  private static void print(Kind kind, List<Pair> rounds) {
    List<Pair> sorted = new ArrayList<>(rounds);
    sorted.sort((left, right) -> Double.compare(left.ratio(), right.ratio()));
    Pair middle = sorted.get(sorted.size() / 2);
    System.out.printf(
        "%-20s %10.2f %10.2f %10.2f %10.2f %8.1f %12d%n",
        kind,
        middle.alone.p50,
        middle.alone.p99,
        middle.abused.p50,
        middle.abused.p99,
        middle.ratio(),
        middle.requests);
  }

  /** From many addresses, so that no limit keeps it from it. */
  private static void warmUp(int port) throws IOException {
    for (int round = 0; round < 20; round++) {
      for (int n = 1; n < 100; n++) {
        try (Connection connection = new Connection("127.0.1." + n, port)) {
          connection.exchange(GOOD[0]);
          connection.exchange(GOOD[1]);
        }
      }
    }
  }

  private static Latency measure(int port, int seconds) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    try (Connection connection = new Connection(GOOD_ADDRESS, port)) {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < end) {
        long begun = System.nanoTime();
        int status = connection.exchange(GOOD[nanos.size() % GOOD.length]);
        long took = System.nanoTime() - begun;
        if (status != 200) {
          throw new IOException("the good client got a " + status);
        }
        nanos.add(took);
        Thread.sleep(Math.max(0, PERIOD_NANOS - took) / 1_000_000);
      }
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Latency(
        sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6, sorted.length);
  }

  private static Process server(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("mapping.yaml"),
        "max-body-size: %dKB\n".formatted(Kind.BODY / 1024)
            + (LIMIT == 0 ? "" : "rate-limits: {address: " + LIMIT + " in 1s}\n")
            + """
            resources:
              good: {service: memory, settings: {items: good.json}}
              texts: memory
              rows:
                service: jdbc
                settings: {url: "jdbc:h2:mem:abused;DB_CLOSE_DELAY=-1", table: texts, init: init.sql}
              strict: {service: memory, schema: strict.json}
            """);
    Files.writeString(
        directory.resolve("init.sql"),
        "create table if not exists texts (id varchar(50) primary key, text varchar(200000));");
    Files.writeString(
        directory.resolve("strict.json"),
        """
        {"type": "object", "properties": {
          "text": {"type": "string", "pattern": "^(a+)+$"},
          "list": {"type": "array", "items": {"type": "string"}}}}
        """);
    Files.writeString(
        directory.resolve("good.json"),
        IntStream.range(0, 1000)
            .mapToObj(n -> "{\"id\": \"%d\", \"name\": \"Ann %d\", \"n\": %d}".formatted(n, n, n))
            .collect(Collectors.joining(",", "[", "]")));
    Path program = Path.of("gateway/server/target/backplane/bin/backplane").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "serve", "--port", "0", "--reload", "off")
            .directory(directory.toFile())
            .redirectError(directory.resolve("errors.txt").toFile());
    String options = System.getenv().getOrDefault("BACKPLANE_JAVA_OPTIONS", HEAP);
    builder.environment().put("BACKPLANE_JAVA_OPTIONS", options);
    return builder.start();
  }

  private static void fill(int port) throws IOException, InterruptedException {
    try (Connection connection = new Connection(port)) {
      for (int n = 0; n < 20; n++) {
        String item = "{\"id\":\"%d\",\"text\":\"%s\"}".formatted(n, "a".repeat(50_000));
        create(connection, "/api/texts", item);
        create(connection, "/api/rows", item);
      }
    }
  }

  private static void create(Connection connection, String path, String item)
      throws IOException, InterruptedException {
    while (connection.exchange(Connection.post(path, item)) == 429) {
      Thread.sleep(100);
    }
  }
}
