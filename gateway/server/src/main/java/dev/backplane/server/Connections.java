package dev.backplane.server;

import dev.backplane.telemetry.ConnectionRefusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;

/**
 * Accepts connections, and closes those for which there is no room, or whose address makes too
 * many, before anything else is done for them: neither do idle or slow ones fill the memory or keep
 * others out, nor do those that are only made keep the server busy. Jetty's own limits would accept
 * nobody any more, whoever has taken all. Called by the server's threads.
 */
final class Connections extends ServerConnector {
  private final Limits limits;
  private final Places places;
  private final Consumer<ConnectionRefusal> refusals;
  private final Map<SelectableChannel, Long> open = new ConcurrentHashMap<>();

  /**
   * Bounds the connections of a server.
   *
   * @param server whose they are
   * @param protocol speaks on them
   * @param most how many there may be
   * @param limits say how often an address may connect, and know the proxies, whose connections are
   *     those of many clients
   * @param refusals hears of each connection that is closed, and why
   */
  Connections(
      Server server,
      HttpConnectionFactory protocol,
      int most,
      Limits limits,
      Consumer<ConnectionRefusal> refusals) {
    super(server, protocol);
    this.limits = limits;
    this.refusals = refusals;
    this.places = new Places(most);
    addBean(new Leaving());
  }

  /** As the connector's own, but for those that are closed. */
  @Override
  public void accept(int acceptor) throws IOException {
    if (!(getTransport() instanceof ServerSocketChannel waiting) || !waiting.isOpen()) {
      return;
    }
    SocketChannel channel = waiting.accept();
    Optional<ConnectionRefusal> refusal = takePlace(channel);
    if (refusal.isPresent()) {
      reset(channel);
      refusals.accept(refusal.get());
      return;
    }
    try {
      channel.configureBlocking(false);
      configure(channel.socket());
      getSelectorManager().accept(channel);
    } catch (IOException | RuntimeException failure) {
      leave(channel);
      IO.close(channel);
      throw failure;
    }
  }

  private Optional<ConnectionRefusal> takePlace(SocketChannel channel) {
    InetAddress peer = peer(channel);
    long address = ClientAddress.of(peer);
    boolean many = limits.clients().isProxy(peer);
    if (!many && !limits.admitConnection(address)) {
      return Optional.of(ConnectionRefusal.RATE);
    }
    if (!places.take(address, many)) {
      return Optional.of(ConnectionRefusal.OVERLOAD);
    }
    open.put(channel, address);
    return Optional.empty();
  }

  private static InetAddress peer(SocketChannel channel) {
    try {
      if (channel.getRemoteAddress() instanceof InetSocketAddress address) {
        return address.getAddress();
      }
    } catch (IOException gone) {
      // it has been closed in the meantime, so it counts for nobody
    }
    return InetAddress.getLoopbackAddress();
  }

  /** Keeps nothing of the connection, where the system would wait for the client to close it. */
  private static void reset(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      // it has been closed in the meantime
    }
  }

  private void leave(SelectableChannel channel) {
    Long address = open.remove(channel);
    if (address != null) {
      places.leave(address);
    }
  }

  private final class Leaving implements SelectorManager.AcceptListener {
    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
      leave(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
      leave(channel);
    }
  }
}
