package dev.backplane.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes cookies out of requests, as nothing here asks for one. Jetty reads them to look for a
 * session, and remembers all that it objects to in them, each with the whole header: 14 KB of
 * cookies make tens of megabytes.
 */
final class NoCookies extends Handler.Wrapper {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(without(request), response, callback);
  }

  private static Request without(Request request) {
    if (!request.getHeaders().contains(HttpHeader.COOKIE)) {
      return request;
    }
    HttpFields rest =
        HttpFields.build(request.getHeaders()).remove(HttpHeader.COOKIE).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return rest;
      }
    };
  }
}
