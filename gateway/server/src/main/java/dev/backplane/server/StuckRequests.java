package dev.backplane.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in the stead of a request whose thread is in a plugin and does not come back, though it
 * was interrupted. The client gets its 504; the thread is lost to it, and what it says later nobody
 * hears.
 */
final class StuckRequests extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(StuckRequests.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final String REQUEST_ID = "X-Request-Id";

  private final Supplier<Set<Thread>> stuck;
  private final Request.Handler problems;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  /**
   * Answers for one server.
   *
   * @param stuck gives the threads that have to be given up
   * @param problems writes a problem by the status of a response
   */
  StuckRequests(Supplier<Set<Thread>> stuck, Request.Handler problems) {
    this.stuck = stuck;
    this.problems = problems;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Thread.ofPlatform().daemon().name("http-stuck").start(this::watch);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Running one = new Running(request, response, callback);
    running.add(one);
    boolean handled = super.handle(request, one.new Guarded(), one);
    if (!handled) {
      running.remove(one);
    }
    return handled;
  }

  private void watch() {
    while (isRunning() || isStarting()) {
      try {
        Thread.sleep(TICK);
      } catch (InterruptedException stop) {
        return;
      }
      Set<Thread> threads = stuck.get();
      if (!threads.isEmpty()) {
        running.stream().filter(one -> threads.contains(one.thread)).forEach(Running::giveUp);
      }
    }
  }

  /** A request, and who answers it: its own thread, or the watch. The first to begin does. */
  private final class Running implements Callback {
    private static final int NOBODY = 0;
    private static final int ITSELF = 1;
    private static final int THE_WATCH = 2;

    private final Thread thread = Thread.currentThread();
    private final AtomicInteger answering = new AtomicInteger(NOBODY);
    private final Request request;
    private final Response response;
    private final Callback callback;

    Running(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    private boolean mayAnswer() {
      return answering.compareAndSet(NOBODY, ITSELF) || answering.get() == ITSELF;
    }

    void giveUp() {
      if (!answering.compareAndSet(NOBODY, THE_WATCH)) {
        return;
      }
      running.remove(this);
      String id = response.getHeaders().get(REQUEST_ID);
      response.reset();
      if (id != null) {
        response.getHeaders().put(REQUEST_ID, id);
      }
      response.setStatus(HttpStatus.GATEWAY_TIMEOUT_504);
      // the connection is kept busy by the thread
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      try {
        problems.handle(request, response, new Told(request, response, callback));
      } catch (Exception failure) {
        LOG.error("A request that got stuck could not be answered", failure);
        callback.failed(failure);
      }
    }

    @Override
    public void succeeded() {
      if (mayAnswer()) {
        running.remove(this);
        callback.succeeded();
      }
    }

    @Override
    public void failed(Throwable failure) {
      if (mayAnswer()) {
        running.remove(this);
        callback.failed(failure);
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return callback.getInvocationType();
    }

    /** What the request's own thread writes to. */
    private final class Guarded extends Response.Wrapper {
      Guarded() {
        super(request, response);
      }

      @Override
      public void write(boolean last, ByteBuffer content, Callback written) {
        if (mayAnswer()) {
          super.write(last, content, written);
          return;
        }
        written.failed(new IOException("the request was answered in its stead"));
      }
    }
  }

  /** The server does not, before the thread comes back. */
  private static final class Told extends Callback.Nested {
    private final Request request;
    private final Response response;

    Told(Request request, Response response, Callback callback) {
      super(callback);
      this.request = request;
      this.response = response;
    }

    @Override
    public void succeeded() {
      RequestLogs.tell(request, response);
      super.succeeded();
    }
  }
}
