package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs that are measured, each a process of its own, which end with this. */
public final class Programs implements AutoCloseable {
  private static final Path WORK = Path.of("benchmarks", "target", "dynamodb");
  private static final int START_SECONDS = 60;

  private final List<Process> running = new ArrayList<>();

  /** Starts none yet. */
  public Programs() {
    // also when this is interrupted from the keyboard
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * One that takes connections.
   *
   * @param port of the loopback address
   * @param process the process
   */
  public record Program(int port, ProcessHandle process) {}

  Program stub() throws IOException {
    return stub(Stub.class);
  }

  /**
   * A program of this class path that listens on the port that is its argument.
   *
   * @param main its class
   * @return the program, which takes connections
   * @throws IOException when it does not start
   */
  public Program stub(Class<?> main) throws IOException {
    int port = freePort();
    return start("stub", port, java("-XX:+UseSerialGC", main, port));
  }

  /** Javalin's route around the SDK's call to the stub, with the gateway's collector. */
  Program bareRoute(Program stub) throws IOException {
    int port = freePort();
    List<String> command = java("-XX:+UseParallelGC", BareRoute.class, port);
    command.add(Integer.toString(stub.port()));
    return start("bare", port, command);
  }

  private static List<String> java(String option, Class<?> main, int port) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            option,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            Integer.toString(port)));
  }

  /**
   * The server of this checkout.
   *
   * @param name what its files are called
   * @param mapping its mapping
   * @return the program, which takes connections
   * @throws IOException when it does not start
   */
  public Program gateway(String name, String mapping) throws IOException {
    Files.createDirectories(WORK);
    Path file = WORK.resolve(name + ".yaml");
    Files.writeString(file, mapping);
    int port = freePort();
    return start(
        name,
        port,
        List.of(
            Path.of("gateway/server/target/backplane/bin/backplane").toString(),
            "serve",
            "--mapping",
            file.toString(),
            "--port",
            Integer.toString(port)));
  }

  private Program start(String name, int port, List<String> command) throws IOException {
    Files.createDirectories(WORK);
    Path log = WORK.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    running.add(process);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers(port)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IOException(name + " does not start:\n" + Files.readString(log));
      }
    }
    // a start script that execs keeps its process id
    return new Program(port, process.toHandle());
  }

  private static boolean answers(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException interrupted) {
        throw new IOException("interrupted", interrupted);
      }
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    running.forEach(Process::destroy);
  }
}
