package dev.backplane.server;

import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses bodies with a transfer coding that is not understood here (RFC 9112, section 6.1). Jetty
 * takes {@code gzip, chunked} for {@code chunked}, so that others on the way and the gateway would
 * have read different bodies.
 */
final class TransferCodings extends Handler.Wrapper {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
    if (codings.isEmpty() || isChunked(codings)) {
      return super.handle(request, response, callback);
    }
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    Response.writeError(request, response, callback, HttpStatus.NOT_IMPLEMENTED_501);
    return true;
  }

  private static boolean isChunked(List<String> codings) {
    return codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
  }
}
