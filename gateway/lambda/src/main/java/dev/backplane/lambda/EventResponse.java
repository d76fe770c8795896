package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.internal.servlet.AwsHttpServletResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The container's response with a body of bytes. The container makes a text of them whenever
 * something flushes, which loses what comes later, and by a charset that may not be theirs.
 */
final class EventResponse extends AwsHttpServletResponse {
  /** What is about a server's connection; here there is none. */
  private static final Set<String> CONNECTION =
      Set.of("connection", "keep-alive", "transfer-encoding", "upgrade", "trailer");

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable PrintWriter writer;
  private @Nullable String contentType;
  private boolean committed;

  EventResponse() {
    super(null, new CountDownLatch(1)); // nobody waits for that latch, as flushing ends nothing
  }

  /** Takes the answer out; call when the servlet is done. */
  Answer answer() {
    if (writer != null) {
      writer.flush();
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : getHeaderNames()) {
      if (!CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        headers.put(name, new ArrayList<>(getHeaders(name)));
      }
    }
    headers.keySet().removeIf("Content-Type"::equalsIgnoreCase);
    if (contentType != null) {
      headers.put("Content-Type", List.of(contentType));
    }
    return new Answer(getStatus(), headers, body.toByteArray());
  }

  @Override
  public void setContentType(@Nullable String type) {
    super.setContentType(type);
    contentType = type; // as it was said; the container rewrites charsets and drops parameters
  }

  @Override
  public @Nullable String getContentType() {
    return contentType;
  }

  @Override
  public void setCharacterEncoding(String charset) {
    super.setCharacterEncoding(charset);
    contentType = super.getContentType();
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new BodyStream();
  }

  @Override
  public PrintWriter getWriter() {
    if (writer == null) {
      String charset = getCharacterEncoding();
      writer =
          new PrintWriter(
              new OutputStreamWriter(
                  body, charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset)));
    }
    return writer;
  }

  @Override
  public void flushBuffer() {
    if (writer != null) {
      writer.flush();
    }
    committed = true;
  }

  @Override
  public boolean isCommitted() {
    return committed;
  }

  @Override
  public void setBufferSize(int size) {
    // The buffer grows as needed.
  }

  @Override
  public void resetBuffer() {
    if (writer != null) {
      writer.flush();
    }
    body.reset();
  }

  @Override
  public void reset() {
    resetBuffer();
    super.reset();
    setStatus(SC_OK);
    contentType = null;
    writer = null;
  }

  private final class BodyStream extends ServletOutputStream {
    @Override
    public void write(int b) {
      body.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      body.write(bytes, offset, length);
    }

    @Override
    public void write(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      body.writeBytes(bytes);
    }

    @Override
    public void flush() {
      flushBuffer();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      try {
        listener.onWritePossible();
      } catch (IOException failure) {
        listener.onError(failure);
      }
    }
  }
}
