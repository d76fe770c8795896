package dev.backplane.plugin.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes what comes to a port of this machine on to a database. */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final URI target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private Relay(ServerSocket server, URI target) {
    this.server = server;
    this.target = target;
  }

  static Relay start(int port, URI target) throws IOException {
    Relay relay = new Relay(new ServerSocket(port, 10, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  private void accept() {
    try {
      while (true) {
        Socket in = server.accept();
        Socket out = new Socket(target.getHost(), target.getPort());
        open.add(in);
        open.add(out);
        Thread.ofVirtual().start(() -> pass(in, out));
        Thread.ofVirtual().start(() -> pass(out, in));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException closed) {
      // by either side
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
