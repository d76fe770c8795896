package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.internal.servlet.AwsServletContext;
import com.amazonaws.services.lambda.runtime.Context;
import dev.backplane.core.Gateway;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JavalinState;
import io.javalin.http.servlet.JavalinServlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a Javalin servlet on the request and response of AWS's serverless container, from event to
 * answer, once per event and always with an answer. Safe for use by many threads: nothing about a
 * request is kept in a field.
 *
 * <p>The container's {@code LambdaContainerHandler} is left out on purpose. It reads events by data
 * binding, waits without a limit, keeps the invocation in a field and makes an {@code ObjectMapper}
 * when it is loaded, which nothing else in the function needs.
 */
final class Container implements AutoCloseable {
  /** What is left of Lambda's time to write the answer and to hand it over. */
  private static final long MARGIN_MILLIS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Container.class);

  private final JavalinServlet servlet;
  private final EventReader reader;
  private final Function<Optional<String>, Map<String, String>> crossOrigin;
  private final AwsServletContext servletContext = new AwsServletContext(null);
  private final Workers workers = new Workers();
  private final RequestLog log;

  /**
   * Builds a servlet that the gateway is not behind.
   *
   * @param routes adds what is to be served
   * @param basePath a prefix to take from each path; may be empty
   */
  Container(Consumer<JavalinConfig> routes, String basePath) {
    this(routes, origin -> Map.of(), basePath, new RequestLog(Map.of()));
  }

  /**
   * Builds the servlet.
   *
   * @param routes adds what is to be served
   * @param crossOrigin the headers by which a page of another origin can read what the container
   *     answers itself
   * @param basePath a prefix to take from each path; may be empty
   * @param log is told of each request
   */
  Container(
      Consumer<JavalinConfig> routes,
      Function<Optional<String>, Map<String, String>> crossOrigin,
      String basePath,
      RequestLog log) {
    this.log = log;
    this.crossOrigin = crossOrigin;
    JavalinState state = new JavalinState();
    JavalinState.applyUserConfig(
        state,
        config -> {
          config.startup.startupWatcherEnabled = false; // no server will ever start
          config.startup.showJavalinBanner = false;
          config.http.compressionStrategy = CompressionStrategy.NONE; // see Compression
          routes.accept(config);
        });
    servlet = new JavalinServlet(state);
    reader = new EventReader(basePath);
  }

  /**
   * Answers an event.
   *
   * @param input the event
   * @param lambda what Lambda says about the invocation
   * @return what the function returns
   * @throws NotHttpException when the event is no HTTP request; the invocation has to fail
   */
  byte[] handle(InputStream input, Context lambda) {
    long started = System.nanoTime();
    try {
      Event event = reader.read(input);
      EventRequest request = request(event, lambda);
      Answer answer = answer(event, request, lambda);
      Optional<byte[]> written = written(answer, event);
      if (written.isEmpty()) {
        answer = tooLarge(event, lambda);
      }
      log.write(
          event.method(),
          answer.status(),
          Duration.ofNanos(System.nanoTime() - started),
          Gateway.handled(request),
          lambda);
      return written.isPresent() ? written.get() : write(answer, event.format());
    } catch (NotHttpException notRequest) {
      LOG.error("{}: {}", lambda.getAwsRequestId(), notRequest.getMessage());
      throw notRequest;
    } catch (EventException broken) {
      LOG.error("{}: {}", lambda.getAwsRequestId(), broken.getMessage());
      return write(
          Answer.problem(400, message(broken), null, lambda.getAwsRequestId()), broken.format());
    }
  }

  /** Empty when the answer is larger than a function may return, also when it is compressed. */
  private static Optional<byte[]> written(Answer answer, Event event) {
    return AnswerWriter.write(answer, event.format())
        .or(() ->
            Compression.smaller(answer, event)
                .flatMap(smaller -> AnswerWriter.write(smaller, event.format())));
  }

  private EventRequest request(Event event, Context lambda) {
    if (!event.headers().containsKey("X-Request-Id")) {
      // So that the gateway's lines in the log and its answers have the id that Lambda logs.
      event.headers().putSingle("X-Request-Id", lambda.getAwsRequestId());
    }
    EventRequest request = new EventRequest(event, new EventResponse(), lambda);
    request.setServletContext(servletContext);
    return request;
  }

  private Answer answer(Event event, EventRequest request, Context lambda) {
    try {
      long millis = Math.max(1, lambda.getRemainingTimeInMillis() - MARGIN_MILLIS);
      return workers.call(() -> serve(request), millis);
    } catch (Workers.LateException late) {
      LOG.error(
          "{}: {} was cut off just before the function's timeout, {}",
          lambda.getAwsRequestId(),
          event.method(),
          late.getMessage());
      return problem(504, "The request took too long.", event, lambda);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return problem(503, "The function is stopping.", event, lambda);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof OutOfMemoryError broken) {
        throw broken; // so that Lambda replaces this environment
      }
      LOG.error("{}: {} failed", lambda.getAwsRequestId(), event.method(), failure.getCause());
      return problem(500, "The gateway failed.", event, lambda);
    }
  }

  private Answer serve(EventRequest request)
      throws ServletException, IOException, InterruptedException {
    servlet.service(request, request.answered());
    request.awaitAnswer();
    return request.answered().answer();
  }

  /** Not a 502, 503 or 504: clients repeat those, and the same answer would be as large again. */
  private Answer tooLarge(Event event, Context lambda) {
    String limit = event.format().limit();
    LOG.error(
        "{}: {} has an answer larger than the {} that the function may return",
        lambda.getAwsRequestId(),
        event.method(),
        limit);
    String detail =
        "The answer is larger than the "
            + limit
            + " that can be returned; ask for fewer items with _limit, or for fewer fields with"
            + " _fields.";
    return problem(500, detail, event, lambda);
  }

  private Answer problem(int status, String detail, Event event, Context lambda) {
    Optional<String> origin = Optional.ofNullable(event.headers().getFirst("Origin"));
    return Answer.problem(status, detail, event.path().uri(), lambda.getAwsRequestId())
        .with(crossOrigin.apply(origin));
  }

  /** Lets its threads go; call when no request is running. */
  @Override
  public void close() {
    workers.close();
  }

  private static byte[] write(Answer problem, Event.Format format) {
    return AnswerWriter.write(problem, format).orElseThrow();
  }

  private static String message(EventException exception) {
    String message = exception.getMessage();
    return message == null ? "" : message;
  }
}
