package dev.backplane.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;

/**
 * Tells several logs of each answer, and of each only once: the server calls a request complete
 * when its thread comes back, which may be long after it was answered in that thread's stead.
 */
final class RequestLogs implements RequestLog {
  /** As an attribute of a request: the logs know of it. */
  private static final String TOLD = RequestLogs.class.getName();

  private final List<RequestLog> logs = new CopyOnWriteArrayList<>();

  private RequestLogs() {}

  /** Tells one more log of the answers of a server that has not started. */
  static void add(Server server, RequestLog log) {
    if (!(server.getRequestLog() instanceof RequestLogs all)) {
      RequestLogs first = new RequestLogs();
      first.logs.add(log);
      server.setRequestLog(first);
      return;
    }
    all.logs.add(log);
  }

  /** Tells of an answer now, and no more of that request. */
  static void tell(Request request, Response response) {
    RequestLog log = request.getConnectionMetaData().getConnector().getServer().getRequestLog();
    if (log != null) {
      log.log(request, response);
      request.setAttribute(TOLD, true);
    }
  }

  /** Called by the server when the last byte of an answer is on its way, or cannot be. */
  @Override
  public void log(Request request, Response response) {
    if (request.getAttribute(TOLD) == null) {
      logs.forEach(log -> log.log(request, response));
    }
  }
}
