package dev.backplane.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.backplane.core.Admission.Exceeded;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Turns away requests before anything is done for them: those of an address that asks too often
 * (429, after a pause), and those for which there is no room (503). Reads no body and takes no
 * thread. Whether the server is alive may always be asked.
 */
final class Entrance extends Handler.Wrapper {
  private static final Set<String> ALWAYS = Set.of("/health/live", "/health/ready");
  private static final long SOON = 1;

  /**
   * Before somebody hears that they ask too often: whoever asks again at once, as many as their
   * connections, would otherwise keep the server busy with refusals. It is from this to twice as
   * long, by chance, so that they do not all ask again in the same moment.
   */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Limits limits;
  private final Places places;
  private final ServerProblems problems;

  Entrance(Limits limits, Places places, ServerProblems problems) {
    this.limits = limits;
    this.places = places;
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (ALWAYS.contains(request.getHttpURI().getPath())) {
      return super.handle(request, response, callback);
    }
    long address = limits.clients().of(request);
    Optional<Exceeded> exceeded = limits.admit(response, address);
    if (exceeded.isPresent()) {
      request.setAttribute(Refusal.ATTRIBUTE, Refusal.ADDRESS);
      Optional<String> policy = Optional.of(exceeded.get().policy());
      long seconds = exceeded.get().seconds();
      pause(request, () -> refuse(request, response, callback, policy, seconds));
      return true;
    }
    if (!places.take(address)) {
      request.setAttribute(Refusal.ATTRIBUTE, Refusal.BUSY);
      refuse(request, response, callback, Optional.empty(), SOON);
      return true;
    }
    Leaving leaving = new Leaving(callback, address);
    boolean handled = false;
    try {
      handled = super.handle(request, response, leaving);
      return handled;
    } finally {
      if (!handled) {
        leaving.leave();
      }
    }
  }

  private static void pause(Request request, Runnable then) {
    Components server = request.getComponents();
    long pause = ThreadLocalRandom.current().nextLong(PAUSE.toMillis(), 2 * PAUSE.toMillis());
    server.getScheduler().schedule(() -> server.getExecutor().execute(then), pause, MILLISECONDS);
  }

  private void refuse(
      Request request,
      Response response,
      Callback callback,
      Optional<String> policy,
      long seconds) {
    response.setStatus(
        policy.isPresent() ? HttpStatus.TOO_MANY_REQUESTS_429 : HttpStatus.SERVICE_UNAVAILABLE_503);
    response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
    problems.refuse(request, response, callback, policy, seconds);
  }

  /** Leaves the place when the answer is sent, or cannot be. */
  private final class Leaving extends Callback.Nested {
    private final long address;
    private final AtomicBoolean left = new AtomicBoolean();

    Leaving(Callback callback, long address) {
      super(callback);
      this.address = address;
    }

    void leave() {
      if (left.compareAndSet(false, true)) {
        places.leave(address);
      }
    }

    @Override
    public void succeeded() {
      leave();
      super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      leave();
      super.failed(failure);
    }
  }
}
