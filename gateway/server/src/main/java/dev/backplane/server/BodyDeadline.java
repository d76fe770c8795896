package dev.backplane.server;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time in which a body arrives. The idle timeout alone lets a client send a byte now and
 * then for ever, and a minimum rate cuts off an honest one that pauses before its first byte.
 */
final class BodyDeadline extends Handler.Wrapper {
  private final Duration limit;

  BodyDeadline(Duration limit) {
    this.limit = limit;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(new Timed(request, limit), response, callback);
  }

  private static final class Timed extends Request.Wrapper {
    private final long begun = System.nanoTime();
    private final Duration limit;

    Timed(Request request, Duration limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk == null || chunk.isLast() || System.nanoTime() - begun < limit.toNanos()) {
        return chunk;
      }
      chunk.release();
      TimeoutException late = new TimeoutException("the body did not arrive within " + limit);
      fail(late);
      return Content.Chunk.from(late, true);
    }
  }
}
