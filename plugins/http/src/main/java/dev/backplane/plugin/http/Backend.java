package dev.backplane.plugin.http;

import dev.backplane.spi.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Sends the requests of one resource, again where that is safe and there is time, and not at all
 * while the circuit breaker is open. Safe for use by many threads.
 *
 * @param connection the connections, shared with other resources
 * @param fields the headers that the mapping gives to every request
 * @param failures what to say of failures
 * @param propagated gives what a request is sent along during a call of the store
 */
record Backend(
    Connection connection,
    List<Connection.Field> fields,
    Failures failures,
    Supplier<Map<String, String>> propagated) {
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  Deadline deadline() {
    return new Deadline(connection.settings().timeout(), propagated.get());
  }

  /**
   * Sends a request.
   *
   * @return the answer, whatever its status
   * @throws StoreException when there is none
   */
  Answer send(Call call, Deadline deadline) {
    boolean repeated = false;
    for (int attempt = 1; ; attempt++) {
      deadline.check();
      boolean last = attempt > connection.settings().retries();
      try {
        Answer answer = once(call, deadline);
        // a write is not sent again after an answer: it may have been done all the same
        boolean again = !last && PASSING.contains(answer.status()) && call.method().equals("GET");
        Duration pause = answer.retryAfter().orElseGet(pause(attempt));
        if (!again || !deadline.allows(pause)) {
          return repeated ? answer.toRepeated() : answer;
        }
      } catch (IOException failure) {
        boolean again = !last && (isUnsent(failure) || (call.repeatable() && isPassing(failure)));
        if (!again || !deadline.allows(Deadline.pause(attempt))) {
          throw translated(failure, deadline);
        }
        repeated |= !isUnsent(failure);
      }
    }
  }

  private static Supplier<Duration> pause(int attempt) {
    return () -> Deadline.pause(attempt);
  }

  private StoreException translated(IOException failure, Deadline deadline) {
    return failure instanceof Connection.TooLargeException
        ? failures.nonsense(String.valueOf(failure.getMessage()))
        : failures.noAnswer(failure, deadline.isOver());
  }

  private Answer once(Call call, Deadline deadline) throws IOException {
    if (!connection.circuit().permits()) {
      throw failures.open();
    }
    long start = System.nanoTime();
    try {
      Answer answer = connection.send(call, fields, deadline);
      connection
          .circuit()
          .report(answer.status() >= 500, Duration.ofNanos(System.nanoTime() - start));
      return answer;
    } catch (ConnectionRequestTimeoutException busy) {
      connection.circuit().withdraw(); // says nothing about the backend
      throw busy;
    } catch (IOException failure) {
      connection.circuit().report(true, Duration.ofNanos(System.nanoTime() - start));
      throw failure;
    } catch (RuntimeException defect) {
      connection.circuit().withdraw();
      throw defect;
    }
  }

  /** Whether the backend cannot have seen the request. */
  private static boolean isUnsent(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof ConnectTimeoutException
        || failure instanceof NoRouteToHostException
        || isUnknownHost(failure);
  }

  private static boolean isUnknownHost(IOException failure) {
    return failure instanceof UnknownHostException
        && !(failure instanceof AllowedAddresses.RefusedAddressException);
  }

  /** Whether another try may do better: not after a time-out, which took the time for it. */
  private static boolean isPassing(IOException failure) {
    return !(failure instanceof InterruptedIOException
        || failure instanceof AllowedAddresses.RefusedAddressException
        || failure instanceof SSLException
        || failure instanceof Connection.TooLargeException);
  }
}
