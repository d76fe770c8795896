package dev.backplane.benchmarks.abuse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client who does something bad on several connections: a program of its own, that takes only
 * the processor time that nobody else wants, as an abuser has a machine of their own.
 */
final class Abuser {
  private static final int HELD = 500;

  /** Runs a command when no other wants the processor: Linux's idle policy. */
  private static final List<String> IDLE = List.of("chrt", "--idle", "0");

  private final int port;
  private final byte[] request;
  private final List<Connection> held = new ArrayList<>(); // so that they stay open
  private final AtomicLong requests = new AtomicLong();

  Abuser(int port, Kind kind, int connections) throws InterruptedException {
    this.port = port;
    this.request = kind.request();
    switch (kind) {
      case SLOW_READERS, IDLE_CONNECTIONS -> hold(kind == Kind.SLOW_READERS ? HELD / 5 : HELD);
      case CONNECTIONS, CONNECTIONS_ELSEWHERE -> start(connections, this::connect);
      default -> start(connections, this::repeat);
    }
  }

  private void start(int count, Runnable task) {
    for (int i = 0; i < count; i++) {
      Thread.ofPlatform().daemon().start(task);
    }
  }

  /** As many as the server lets it have, of so many tries. */
  private void hold(int tries) throws InterruptedException {
    for (int i = 0; i < tries; i++) {
      Thread.sleep(5); // whoever connects too often has none
      try {
        Connection connection = new Connection(port);
        held.add(connection);
        connection.send(request);
        requests.incrementAndGet();
      } catch (IOException refused) {
        continue; // as it should be
      }
    }
  }

  private void connect() {
    while (true) {
      try (Connection connection = new Connection(port)) {
        connection.reset(); // or else the system looks ever longer for a port that is free
        requests.incrementAndGet();
      } catch (IOException refused) {
        continue; // as it should be
      }
    }
  }

  private void repeat() {
    while (true) {
      try (Connection connection = new Connection(port)) {
        int status = 1;
        while (status > 0) {
          status = connection.exchange(request);
          requests.incrementAndGet();
        }
      } catch (IOException closed) {
        continue; // as it should be
      }
    }
  }

  /**
   * Abuses a server until the standard input ends, and answers each line of it with the number of
   * requests so far, or of connections where that is what is abused.
   *
   * @param args the port, the kind, and on how many connections
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[0]);
    Abuser abuser = new Abuser(port, Kind.valueOf(args[1]), Integer.parseInt(args[2]));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (lines.readLine() != null) {
      System.out.println(abuser.requests.get());
    }
  }

  /** The program, seen from the one that started it. */
  static final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private Program(Process process) {
      this.process = process;
      this.output = process.inputReader();
    }

    /** Starts it with the command's own Java, classes and settings. */
    static Program start(int port, Kind kind, int connections) throws IOException {
      List<String> command = new ArrayList<>(IDLE);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
      command.addAll(
          List.of(Abuser.class.getName(), "" + port, kind.name(), String.valueOf(connections)));
      return new Program(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** How many requests it has sent, or connections opened where that is what is abused. */
    long requests() throws IOException {
      process.outputWriter().write('\n');
      process.outputWriter().flush();
      String line = output.readLine();
      if (line == null) {
        throw new IOException("the abuser has ended");
      }
      return Long.parseLong(line);
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
