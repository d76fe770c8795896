package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The built distribution in a small heap that ends with the first failure to get memory, somebody
 * who uses it meanwhile, and a tally of what is tried on it, in {@code target/abuse}.
 */
final class AbusedServer implements AutoCloseable {
  /** Instead of a status: the connection was closed without an answer. */
  static final int CLOSED = 0;

  private static final int PATIENCE_MILLIS = 60_000;
  private static final Path TALLIES = Path.of("target", "abuse").toAbsolutePath();
  private static final Pattern USED = Pattern.compile("used ([0-9]+)K");
  private static final String MAPPING =
      """
      authentication:
        api-keys: keys.json
        jwt: [{issuer: "https://issuer.example", audience: [backplane], jwks: "%s"}]
      default-access: anyone
      resources:
        good: {service: memory, settings: {items: good.json}}
        things:
          service: memory
          relations: {same: {resource: things, field: parent}}
        rows:
          service: jdbc
          settings: {url: "jdbc:h2:mem:abused;DB_CLOSE_DELAY=-1", table: texts, init: init.sql}
        strict: {service: memory, schema: strict.json}
        ruled:
          service: memory
          access:
            roles: {anyone: [list, get, create]}
            rules: {read: "item.public == true", write: "item.text.size() < 100"}
        kept: memory
      idempotency: {resource: kept}
      """;

  private final ServerProcess server;
  private final GoodClient good;
  private final Path tally;
  private final long heap;

  private AbusedServer(ServerProcess server, String name) throws Exception {
    this.server = server;
    this.tally = TALLIES.resolve(name + ".txt");
    Files.createDirectories(TALLIES);
    this.good = new GoodClient(port());
    good.awaitAnswers(100); // the heap has then what a server needs that has done something
    this.heap = liveHeap();
    Files.writeString(tally, "");
  }

  /** Starts one for a class of tests. */
  static AbusedServer start(Path directory, String jwks, Class<?> tests) throws Exception {
    Files.writeString(directory.resolve("mapping.yaml"), MAPPING.formatted(jwks));
    Files.writeString(directory.resolve("keys.json"), "[]");
    Files.writeString(
        directory.resolve("init.sql"),
        "create table if not exists texts (id varchar(50) primary key, text varchar(200000));");
    Files.writeString(
        directory.resolve("strict.json"),
        """
        {"type": "object", "properties": {
          "text": {"type": "string", "pattern": "^(a+)+$"},
          "list": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}}}
        """);
    Files.writeString(
        directory.resolve("good.json"),
        IntStream.range(0, 1000)
            .mapToObj(n -> "{\"id\": \"%d\", \"name\": \"Ann %d\", \"n\": %d}".formatted(n, n, n))
            .collect(Collectors.joining(",", "[", "]")));
    ServerProcess server =
        ServerProcess.start(
            directory,
            Map.of("BACKPLANE_JAVA_OPTIONS", "-Xmx128m -XX:+ExitOnOutOfMemoryError"),
            limited(directory),
            "serve",
            "--port",
            "0",
            "--reload",
            "off");
    return new AbusedServer(server, tests.getSimpleName());
  }

  /** The program, with few file descriptors. */
  private static Path limited(Path directory) throws IOException {
    Path script = directory.resolve("serve-with-limits");
    Path program = ServerProcess.DISTRIBUTION.resolve("bin").resolve("backplane");
    Files.writeString(script, "#!/bin/sh\nulimit -n 4096\nexec '" + program + "' \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  int port() {
    return server.url().getPort();
  }

  /** What it wrote to standard error. */
  String log() {
    return server.isRunning() ? server.errors() : server.rest() + server.errors();
  }

  /** One attempt on a connection of its own; tells the status of the answer, or {@link #CLOSED}. */
  interface Attempt {
    int on(Socket socket) throws IOException;
  }

  /** Sends the bytes, whether or not all are wanted, and reads how the answer begins. */
  static Attempt sends(byte[] request) {
    return socket -> {
      try {
        socket.getOutputStream().write(request);
      } catch (SocketException closed) {
        // the server has answered and read no further
      }
      return status(socket);
    };
  }

  static int status(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    try {
      String start = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      return start.startsWith("HTTP/1.1 ") ? Integer.parseInt(start.substring(9)) : CLOSED;
    } catch (SocketTimeoutException none) {
      throw none;
    } catch (IOException reset) {
      return CLOSED;
    }
  }

  /**
   * Has several clients try something at once, each on a new connection each time.
   *
   * @param kind what is tried
   * @param clients how many try
   * @param times how often each does
   * @param attempts what each tries in turn
   * @return how often each status was the answer
   */
  Map<Integer, Integer> attack(String kind, int clients, int times, Attempt... attempts)
      throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      List<Future<List<Integer>>> all = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        all.add(pool.submit(() -> attempts(times, attempts)));
      }
      for (Future<List<Integer>> each : all) {
        each.get().forEach(status -> statuses.merge(status, 1, Integer::sum));
      }
    } catch (ExecutionException failure) {
      throw new AssertionError(kind + ": " + failure.getCause() + "\n" + log(), failure);
    }
    told(kind, statuses);
    requireWell(kind);
    return statuses;
  }

  private List<Integer> attempts(int times, Attempt... attempts) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      for (Attempt attempt : attempts) {
        try (Socket socket = connect()) {
          statuses.add(attempt.on(socket));
        }
      }
    }
    return statuses;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** What is done with one of many connections that are all held open. */
  interface Hold {
    void begin(Socket socket) throws IOException;
  }

  /** Holds many connections in some state while the good client works, and lets them go. */
  void hold(String kind, int connections, Hold hold) throws Exception {
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        Socket socket = connect();
        held.add(socket);
        try {
          hold.begin(socket);
        } catch (SocketException refused) {
          continue; // by a bound on connections, for example
        }
      }
      good.awaitAnswers(100);
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
    told(kind + " (held open)", Map.of(CLOSED, connections));
    requireWell(kind);
  }

  private void told(String kind, Map<Integer, Integer> statuses) throws IOException {
    int tried = statuses.values().stream().mapToInt(Integer::intValue).sum();
    String refused =
        statuses.entrySet().stream()
            .map(each ->
                (each.getKey() == CLOSED ? "closed" : each.getKey()) + " " + each.getValue())
            .collect(Collectors.joining(", "));
    Files.writeString(
        tally,
        "%-60s %6d  %s%n".formatted(kind.replaceAll("[^!-~]+", " "), tried, refused),
        java.nio.file.StandardOpenOption.APPEND);
  }

  /** The others are served, and the process is there. */
  private void requireWell(String kind) throws InterruptedException {
    good.awaitAnswers(10);
    assertThat(server.isRunning()).as("after %s: %s", kind, log()).isTrue();
    assertThat(good.failures()).as("of the good client after %s: %s", kind, log()).isEmpty();
  }

  /** The heap that is still needed is about what it was, and there are no more threads. */
  void requireAsBefore(int megabytesMore) throws Exception {
    long now = liveHeap();
    Matcher threads =
        Pattern.compile("java.threads.live=([0-9]+)").matcher(jcmd("PerfCounter.print"));
    assertThat(threads.find()).isTrue();
    Files.writeString(
        tally,
        "live heap %d KB at first, %d KB at last, of 131072; %s threads%n"
            .formatted(heap, now, threads.group(1)),
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(now - heap).as("KB of heap more").isLessThan(megabytesMore * 1024L);
    assertThat(Integer.parseInt(threads.group(1))).isLessThan(RequestThreads.PLATFORM + 130);
  }

  /** What is used after a collection, in KB. */
  private long liveHeap() throws Exception {
    jcmd("GC.run");
    return jcmd("GC.heap_info")
        .lines()
        .filter(line -> line.contains("total") && !line.contains("Metaspace"))
        .mapToLong(line -> {
          Matcher used = USED.matcher(line);
          return used.find() ? Long.parseLong(used.group(1)) : 0;
        })
        .sum();
  }

  private String jcmd(String command) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("jcmd %s", command).isZero();
    return output;
  }

  @Override
  public void close() {
    good.close();
    server.close();
  }
}
