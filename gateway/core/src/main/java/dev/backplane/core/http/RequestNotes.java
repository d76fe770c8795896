package dev.backplane.core.http;

import dev.backplane.core.plugin.StoreTime;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway finds out about a request while it answers it, for whoever logs the request: an
 * attribute of the servlet request. The request's thread writes; any thread may read, also while
 * the request still runs.
 */
public final class RequestNotes {
  private static final String ATTRIBUTE = "dev.backplane.request-notes";

  private final StoreTime stores = new StoreTime();
  private volatile String requestId = "";
  private volatile String route = "";
  private volatile String resource = "";
  private volatile String service = "";
  private volatile String plan = "";
  private volatile String subject = "";

  private RequestNotes() {}

  /**
   * Those of a request.
   *
   * @param attributes gives those of the request that was handed to {@link HttpApi#handle}
   * @return the notes; empty when the request has not reached the gateway
   */
  public static Optional<RequestNotes> in(Function<String, @Nullable Object> attributes) {
    return attributes.apply(ATTRIBUTE) instanceof RequestNotes notes
        ? Optional.of(notes)
        : Optional.empty();
  }

  static RequestNotes begin(ServletRequest request, String requestId) {
    RequestNotes notes = new RequestNotes();
    notes.requestId = requestId;
    request.setAttribute(ATTRIBUTE, notes);
    return notes;
  }

  /** Notes where a request goes: the path as a pattern, which names no item. */
  void route(String pattern) {
    route = pattern;
  }

  /** Notes who answers. */
  void resource(ServedResource served) {
    resource = served.name();
    service = served.mapping().service();
  }

  /** Notes who is calling. */
  void caller(Caller caller) {
    subject = caller.subject();
  }

  void plan(String header) {
    plan = header;
  }

  /**
   * The time in stores.
   *
   * @return it counts on while the request runs
   */
  public StoreTime stores() {
    return stores;
  }

  /**
   * The id that the answer has, too.
   *
   * @return as in {@code X-Request-Id}
   */
  public String requestId() {
    return requestId;
  }

  /**
   * The path as a pattern, for example {@code /api/{resource}/{id}}.
   *
   * @return the pattern; empty where there is nothing at the path
   */
  public String route() {
    return route;
  }

  /**
   * The resource.
   *
   * @return its name in the mapping; empty where the request is about none that is served
   */
  public String resource() {
    return resource;
  }

  /**
   * The service that answers for the resource.
   *
   * @return its name; empty where there is no resource
   */
  public String service() {
    return service;
  }

  /**
   * Who did what to serve a list.
   *
   * @return as in {@code Backplane-Plan}; empty for what is no list
   */
  public String plan() {
    return plan;
  }

  /**
   * Who is calling.
   *
   * @return as they proved to be; empty for somebody who has not said so
   */
  public String subject() {
    return subject;
  }
}
