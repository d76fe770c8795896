package dev.backplane.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;

/**
 * A network between the server and a backend that does what it is told with each piece of bytes:
 * every connection to it is one to the backend, with a thread for each direction.
 */
final class FaultProxy implements AutoCloseable {
  /** Which way bytes go. */
  enum Direction {
    TO_BACKEND,
    TO_GATEWAY
  }

  /** Decides what goes wrong. Called by many threads. */
  interface Faults {
    /** What to do with a new connection: pass or refuse. */
    default Fault onConnect() {
      return Fault.PASS;
    }

    /** What to do with bytes. */
    Fault on(Direction direction, byte[] bytes);

    /** How long a delay is; may wait itself. */
    default Duration delay() throws InterruptedException {
      return Duration.ZERO;
    }
  }

  /** Nothing goes wrong. */
  static final Faults NONE = (direction, bytes) -> Fault.PASS;

  private static final int BUFFER = 16_384;
  private static final int SLICE = 64;

  private final ThreadFactory threads = Thread.ofVirtual().name("fault-proxy-", 0).factory();
  private final ServerSocket listening;
  private final InetSocketAddress backend;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Map<Fault, LongAdder> counts = new EnumMap<>(Fault.class);
  private volatile Faults faults = NONE;

  FaultProxy(String host, int port) throws IOException {
    backend = new InetSocketAddress(host, port);
    listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    for (Fault fault : Fault.values()) {
      counts.put(fault, new LongAdder());
    }
    threads.newThread(this::accept).start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on; also for connections that are there. */
  void set(Faults next) {
    faults = next;
  }

  /** Ends every connection at once, as a backend does that is started anew. */
  void resetAll() {
    links.forEach(link -> link.end(Fault.RESET));
  }

  /** How many connections there are. */
  int connections() {
    return links.size();
  }

  /** How often each fault was made. */
  Map<Fault, Long> counts() {
    Map<Fault, Long> made = new EnumMap<>(Fault.class);
    counts.forEach((fault, count) -> {
      if (fault != Fault.PASS && count.sum() > 0) {
        made.put(fault, count.sum());
      }
    });
    return made;
  }

  private Fault count(Fault fault) {
    counts.get(fault).increment();
    return fault;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket gateway = listening.accept();
        threads.newThread(() -> connect(gateway)).start();
      } catch (IOException closed) {
        // by close()
      }
    }
  }

  private void connect(Socket gateway) {
    if (count(faults.onConnect()) == Fault.REFUSE) {
      reset(gateway);
      return;
    }
    Socket there = new Socket();
    try {
      there.connect(backend, 2_000);
      gateway.setTcpNoDelay(true);
      there.setTcpNoDelay(true);
    } catch (IOException none) {
      reset(there);
      reset(gateway);
      return;
    }
    Link link = new Link(gateway, there);
    links.add(link);
    threads.newThread(() -> link.pump(Direction.TO_BACKEND)).start();
    threads.newThread(() -> link.pump(Direction.TO_GATEWAY)).start();
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException gone) {
      // as it should be
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // as it should be
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    resetAll();
  }

  /** A connection of the gateway and the one to the backend that belongs to it. */
  private final class Link {
    private final Socket gateway;
    private final Socket there;

    Link(Socket gateway, Socket there) {
      this.gateway = gateway;
      this.there = there;
    }

    void end(Fault how) {
      links.remove(this);
      if (how == Fault.RESET) {
        reset(gateway);
        reset(there);
      } else {
        FaultProxy.close(gateway);
        FaultProxy.close(there);
      }
    }

    void pump(Direction direction) {
      boolean out = direction == Direction.TO_BACKEND;
      try {
        InputStream in = (out ? gateway : there).getInputStream();
        OutputStream to = (out ? there : gateway).getOutputStream();
        byte[] buffer = new byte[BUFFER];
        boolean dropping = false;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          byte[] bytes = Arrays.copyOf(buffer, length);
          dropping = dropping || !handOn(direction, bytes, to);
        }
        end(Fault.PASS);
      } catch (IOException | InterruptedException gone) {
        end(Fault.RESET);
      }
    }

    /** False when the rest is to be dropped. */
    private boolean handOn(Direction direction, byte[] bytes, OutputStream to)
        throws IOException, InterruptedException {
      switch (count(faults.on(direction, bytes))) {
        case PASS -> to.write(bytes);
        case DELAY -> {
          Thread.sleep(faults.delay());
          to.write(bytes);
        }
        case THROTTLE -> {
          for (int at = 0; at < bytes.length; at += SLICE) {
            to.write(bytes, at, Math.min(SLICE, bytes.length - at));
            Thread.sleep(1);
          }
        }
        case DROP -> {
          return false;
        }
        case RESET, REFUSE -> end(Fault.RESET);
        case TRUNCATE -> {
          to.write(bytes, 0, bytes.length / 2);
          end(Fault.TRUNCATE);
        }
      }
      return true;
    }
  }
}
