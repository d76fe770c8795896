package dev.backplane.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

/**
 * Closes connections for which there is no room as soon as they are accepted, so that idle or slow
 * ones neither fill the memory nor keep others out. Jetty's own limit would accept nobody any more,
 * whoever has taken all. Called by the server's threads.
 */
final class Connections implements SelectorManager.AcceptListener {
  private final Places places;
  private final Supplier<ClientAddress> clients;
  private final Map<SelectableChannel, Long> open = new ConcurrentHashMap<>();

  /**
   * Bounds the connections of a connector.
   *
   * @param most how many there may be
   * @param clients knows the proxies, whose connections are those of many clients
   */
  Connections(int most, Supplier<ClientAddress> clients) {
    this.places = new Places(most);
    this.clients = clients;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    InetAddress peer = peer(channel);
    long address = ClientAddress.of(peer);
    if (places.take(address, clients.get().isProxy(peer))) {
      open.put(channel, address);
      return;
    }
    IO.close(channel); // it fails to be accepted then
  }

  private static InetAddress peer(SelectableChannel channel) {
    try {
      if (channel instanceof SocketChannel socket
          && socket.getRemoteAddress() instanceof InetSocketAddress address) {
        return address.getAddress();
      }
    } catch (IOException gone) {
      // it has been closed in the meantime, so it counts for nobody
    }
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    leave(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    leave(channel);
  }

  private void leave(SelectableChannel channel) {
    Long address = open.remove(channel);
    if (address != null) {
      places.leave(address);
    }
  }
}
