package dev.backplane.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Compresses answers with gzip for those who take it. The gateway writes an answer in one piece, so
 * it is compressed in one piece and its length stays known; {@link CompressedTags} tells compressed
 * and plain ones apart.
 */
final class Compression extends Handler.Wrapper {
  /** Smaller ones hardly gain, as they fit into one packet anyway. */
  private static final int LEAST = 1024;

  /** Compressed at a time, before others may go first: a fifth of a millisecond and more. */
  private static final int PIECE = 16 * 1024;

  private static final HttpField VARY =
      new PreEncodedHttpField(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
  private static final HttpField GZIP =
      new PreEncodedHttpField(HttpHeader.CONTENT_ENCODING, "gzip");

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        CompressedTags.removedFrom(request), new Compressed(request, response), callback);
  }

  static boolean isAccepted(Request request) {
    if (!request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING)) {
      return false;
    }
    // in the order of preference, without what q=0 refuses
    for (String coding : request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING)) {
      if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("identity")) {
        return coding.equalsIgnoreCase("gzip");
      }
    }
    return false;
  }

  private static final class Compressed extends Response.Wrapper {
    private boolean begun;

    Compressed(Request request, Response response) {
      super(request, response);
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
      if (begun) {
        super.write(last, content, callback);
        return;
      }
      begun = true;
      getHeaders().ensureField(VARY);
      boolean isHead = getRequest().getMethod().equals("HEAD");
      if (getStatus() == HttpStatus.NOT_MODIFIED_304) {
        CompressedTags.repeat(getRequest(), getHeaders());
      } else if (last && isWorthwhile(length(isHead, content)) && isAccepted(getRequest())) {
        getHeaders().put(GZIP);
        CompressedTags.add(getHeaders());
        if (isHead) {
          writeHead(callback);
          return;
        }
        byte[] small = compress(content == null ? BufferUtil.EMPTY_BUFFER : content);
        getHeaders().put(HttpHeader.CONTENT_LENGTH, small.length);
        super.write(true, ByteBuffer.wrap(small), callback);
        return;
      }
      super.write(last, content, callback);
    }

    /**
     * In two steps, as Jetty takes a length that is not known for 0 when all is written at once.
     */
    private void writeHead(Callback callback) {
      getHeaders().remove(HttpHeader.CONTENT_LENGTH);
      super.write(
          false,
          BufferUtil.EMPTY_BUFFER,
          Callback.from(
              () -> super.write(true, BufferUtil.EMPTY_BUFFER, callback), callback::failed));
    }

    private long length(boolean isHead, @Nullable ByteBuffer content) {
      if (isHead) {
        return getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
      }
      return content == null ? 0 : content.remaining();
    }

    private boolean isWorthwhile(long length) {
      return length >= LEAST
          && isText(getHeaders().get(HttpHeader.CONTENT_TYPE))
          && !getHeaders().contains(HttpHeader.CONTENT_ENCODING)
          && getStatus() != HttpStatus.PARTIAL_CONTENT_206;
    }

    private static boolean isText(@Nullable String contentType) {
      if (contentType == null) {
        return false;
      }
      String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      return type.startsWith("text/")
          || type.endsWith("json")
          || type.endsWith("javascript")
          || type.endsWith("+xml");
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing is wrong where it does nothing
    private static byte[] compress(ByteBuffer content) {
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      ByteArrayOutputStream small = new ByteArrayOutputStream(bytes.length / 4);
      try (GZIPOutputStream gzip = new GZIPOutputStream(small, 8192)) {
        for (int from = 0; from < bytes.length; from += PIECE) {
          if (from > 0) {
            Thread.yield();
          }
          gzip.write(bytes, from, Math.min(PIECE, bytes.length - from));
        }
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible); // an array takes everything
      }
      return small.toByteArray();
    }
  }
}
