package dev.backplane.server;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Runs each request to its end on the platform thread that read it, which costs least, as long as
 * only few run at once; beyond that on a virtual thread, so that neither slow stores nor slow
 * clients can take all threads.
 */
final class RequestThreads extends Handler.Wrapper {
  /** So many requests at once run on platform threads. */
  static final int PLATFORM = 128;

  /** Threads that accept, select, or stand ready to. */
  private static final int SPARE = 72;

  private final AtomicInteger running = new AtomicInteger();
  private final Executor virtual = VirtualThreads.getNamedVirtualThreadsExecutor("request-");

  /** The platform threads of a server with this handler. */
  static QueuedThreadPool pool() {
    QueuedThreadPool pool = new Threads();
    pool.setName("http");
    return pool;
  }

  private static final class Threads extends QueuedThreadPool {
    Threads() {
      // Not Jetty's own queue, which starts all of JMX to learn the size of a cache line.
      super(PLATFORM + SPARE, 8, 60_000, new LinkedBlockingQueue<>());
    }

    /**
     * None: the server has waited before, and what still runs then is left to the end of the
     * process. Jetty would interrupt it, so that each store would fail loudly.
     */
    @Override
    public long getStopTimeout() {
      return 0;
    }
  }

  /** Called by the server on a platform thread that it can spare for the whole request. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (running.incrementAndGet() > PLATFORM) {
      running.decrementAndGet();
      virtual.execute(() -> handleApart(request, response, callback));
      return true;
    }
    try {
      return super.handle(request, response, callback);
    } finally {
      running.decrementAndGet();
    }
  }

  /** What the server does with the outcome where it calls a handler itself. */
  private void handleApart(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Throwable failure) {
      Response.writeError(request, response, callback, failure);
    }
  }
}
