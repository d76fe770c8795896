package dev.backplane.server;

import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * After an answer that did not wait for the body, reads on and throws away what still comes, for a
 * while. A connection that is closed on a client which is still sending is reset, and then the
 * client may never see the answer (RFC 9112, section 9.6). Holds no thread.
 */
final class Lingering extends Handler.Wrapper {
  private static final long MOST_BYTES = 32 * 1024 * 1024;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        request, response, mayStillSend(request) ? new Rest(request, callback) : callback);
  }

  /** Whether there is a body (RFC 9112, section 6.3) that the client sends without being asked. */
  private static boolean mayStillSend(Request request) {
    HttpFields headers = request.getHeaders();
    return (request.getLength() > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING))
        && !headers.contains(HttpHeader.EXPECT);
  }

  private static final class Rest extends Callback.Nested {
    private final Request request;
    private long begun;
    private long bytes;

    Rest(Request request, Callback callback) {
      super(callback);
      this.request = request;
    }

    /** The answer is on its way. */
    @Override
    public void succeeded() {
      begun = System.nanoTime();
      read();
    }

    private void read() {
      while (System.nanoTime() - begun < LONGEST.toNanos() && bytes <= MOST_BYTES) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this::read);
          return;
        }
        bytes += chunk.remaining();
        boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
        chunk.release();
        if (over) {
          break;
        }
      }
      super.succeeded();
    }
  }
}
