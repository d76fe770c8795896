package dev.backplane.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time in which a client takes an answer. The idle timeout alone lets one read a byte
 * now and then for ever, while the answer takes memory. Small answers are not watched: the
 * operating system takes them.
 */
final class AnswerDeadline extends Handler.Wrapper {
  private static final int SMALL = 32 * 1024;

  private final Duration least;
  private final int bytesPerSecond;

  /**
   * Bounds the answers of a server.
   *
   * @param least how long any answer may take
   * @param bytesPerSecond a second more for each
   */
  AnswerDeadline(Duration least, int bytesPerSecond) {
    this.least = least;
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(request, new Timed(request, response), callback);
  }

  private final class Timed extends Response.Wrapper {
    Timed(Request request, Response response) {
      super(request, response);
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback written) {
      int size = content == null ? 0 : content.remaining();
      if (size <= SMALL) {
        super.write(last, content, written);
        return;
      }
      Request request = getRequest();
      EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
      long millis = least.toMillis() + 1000L * size / bytesPerSecond;
      Scheduler.Task late =
          request
              .getComponents()
              .getScheduler()
              .schedule(client::close, millis, TimeUnit.MILLISECONDS);
      super.write(last, content, Callback.from(late::cancel, written));
    }
  }
}
