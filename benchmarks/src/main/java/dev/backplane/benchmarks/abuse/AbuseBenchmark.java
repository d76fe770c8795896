package dev.backplane.benchmarks.abuse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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

  /** The good clients ask so often; what they wait for the last answer is their own time. */
  private static final long PERIOD_NANOS = 4_000_000;

  private static final int WARM_UP = 2000;
  private static final int WARM_UP_CONNECTIONS = 200_000;

  private static final byte[][] GOOD = {
    Connection.get("/api/good/7"), Connection.get("/api/good?_limit=10&n:gt=500")
  };

  /** As many as can ask that often, with a quarter to spare. */
  private static final int CLIENTS =
      LIMIT == 0 ? 1 : (int) (1_250_000_000 / PERIOD_NANOS / LIMIT) + 1;

  /** An address each; whoever abuses the server has 127.0.0.1. */
  private static final String GOOD_ADDRESS = "127.0.%d.%d";

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
      warmUp(port, kinds);
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
    int target = kind == Kind.CONNECTIONS_ELSEWHERE ? bare() : port;
    try (Abuser.Program abuser = Abuser.Program.start(target, kind, ABUSERS)) {
      abuser.requests();
      Thread.sleep(500);
      long before = abuser.requests();
      Latency abused = measure(port, SECONDS);
      boolean held = kind == Kind.SLOW_READERS || kind == Kind.IDLE_CONNECTIONS;
      long requests = held ? before : (abuser.requests() - before) / SECONDS;
      return new Pair(alone, abused, requests);
    }
  }

  /**
   * Starts what accepts connections and closes them, until the program ends.
   *
   * @return its port
   */
  private static int bare() throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (true) {
            try (SocketChannel connection = listening.accept()) {
              connection.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    return listening.socket().getLocalPort();
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

  /**
   * Sends good and bad requests until all of the server's code for them is compiled, which takes it
   * seconds of both processors. From many addresses, so that no limit keeps it from it.
   */
  private static void warmUp(int port, List<Kind> kinds) throws IOException, InterruptedException {
    List<byte[]> requests = new ArrayList<>(List.of(GOOD));
    kinds.stream().filter(Kind::isAnswered).map(Kind::request).forEach(requests::add);
    for (int round = 0; round < WARM_UP; round++) {
      for (byte[] request : requests) {
        try (Connection connection = new Connection("127.0.1." + (round % 200 + 1), port)) {
          connection.exchange(request);
        }
      }
    }
    if (kinds.contains(Kind.CONNECTIONS)) {
      try (Abuser.Program abuser = Abuser.Program.start(port, Kind.CONNECTIONS, ABUSERS)) {
        while (abuser.requests() < WARM_UP_CONNECTIONS) {
          Thread.sleep(100);
        }
      }
    }
  }

  private static Latency measure(int port, int seconds) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    List<Connection> clients = new ArrayList<>();
    for (int n = 0; n < CLIENTS; n++) {
      clients.add(new Connection(GOOD_ADDRESS.formatted(2 + n / 250, 1 + n % 250), port));
    }
    try {
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      while (System.nanoTime() < end) {
        Connection client = clients.get(nanos.size() % CLIENTS);
        byte[] request = GOOD[nanos.size() / CLIENTS % GOOD.length];
        long begun = System.nanoTime();
        int status = client.exchange(request);
        long took = System.nanoTime() - begun;
        if (status != 200) {
          throw new IOException("the good client got a " + status);
        }
        nanos.add(took);
        Thread.sleep(Math.max(0, PERIOD_NANOS - took) / 1_000_000);
      }
    } finally {
      for (Connection client : clients) {
        client.close();
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
