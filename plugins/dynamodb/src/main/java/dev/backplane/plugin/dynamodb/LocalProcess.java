package dev.backplane.plugin.dynamodb;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * DynamoDB Local as a child process. AWS's licence lets us run it and not much more, so no class of
 * ours refers to it: its main class is a word on a command line.
 */
final class LocalProcess {
  private static final String MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner";

  private final Endpoint.Local where;
  private final Process process;
  private final int port;

  private LocalProcess(Endpoint.Local where, Process process, int port) {
    this.where = where;
    this.process = process;
    this.port = port;
  }

  static LocalProcess start(Endpoint.Local endpoint) throws IOException {
    return start(endpoint, freePort(), Redirect.to(log(endpoint).toFile()));
  }

  /** Another one in the stead of this, which has ended: at the same address, in the same log. */
  LocalProcess again() throws IOException {
    return start(where, port, Redirect.appendTo(log(where).toFile()));
  }

  private static LocalProcess start(Endpoint.Local endpoint, int port, Redirect log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                endpoint.home().resolve("*") + File.pathSeparator + ownClasses(),
                ChildMain.class.getName(),
                endpoint.data().resolve("process.lock").toString(),
                MAIN,
                "-port",
                Integer.toString(port),
                "-sharedDb",
                "-dbPath",
                endpoint.data().toString(),
                "-disableTelemetry"));
    builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
    // an agent or option that is meant for the gateway is not meant for this one
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.redirectErrorStream(true);
    builder.redirectOutput(log);
    return new LocalProcess(endpoint, builder.start(), port);
  }

  static Path log(Endpoint.Local endpoint) {
    return endpoint.data().resolve("dynamodb-local.log");
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it takes connections. */
  boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return process.isAlive();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Completes when the process ends, on a thread of the JDK. */
  CompletableFuture<Process> exit() {
    return process.onExit();
  }

  /** Ends it, and returns when it has ended. */
  void stop() {
    try {
      process.getOutputStream().close(); // what it ends with, see ChildMain
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException brokenPipe) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** It refuses port 0, so a port is chosen here; it may be taken before the process has it. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Path ownClasses() throws IOException {
    CodeSource source = ChildMain.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IOException("the plugin's own jar is not known");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException notAFile) {
      throw new IOException("the plugin's own jar is not a file", notAFile);
    }
  }
}
