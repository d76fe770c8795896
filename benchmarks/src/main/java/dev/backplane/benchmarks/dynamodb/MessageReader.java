package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads HTTP/1.1 messages that have a {@code Content-Length} or no body, one after the other, off a
 * connection that is kept. For one thread. It does as little as can be, as its time is part of what
 * is measured.
 */
public final class MessageReader {
  private static final byte[] HEAD_END = bytes("\r\n\r\n");
  private static final byte[] LENGTH = bytes("\r\ncontent-length:");

  private final InputStream in;
  private byte[] buffer = new byte[64 * 1024];
  private int start;
  private int bodyStart;
  private int bodyEnd;
  private int filled;

  /**
   * Reads nothing yet.
   *
   * @param in the connection
   */
  public MessageReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next message.
   *
   * @return false when the other end closed the connection before it
   * @throws IOException when it ends within a message
   */
  public boolean next() throws IOException {
    start = bodyEnd;
    int headEnd;
    while ((headEnd = find(HEAD_END, start, filled)) < 0) {
      if (!fill()) {
        return false;
      }
    }
    int length = number(find(LENGTH, start, headEnd));
    int head = headEnd + HEAD_END.length - start; // as the next lines may move it
    while (filled - start < head + length) {
      if (!fill()) {
        throw new IOException("the connection ended within a message");
      }
    }
    bodyStart = start + head;
    bodyEnd = bodyStart + length;
    return true;
  }

  /** The text between two others in the message's head; the first has to be in lower case. */
  Optional<String> between(String before, String after) {
    byte[] first = bytes(before);
    int found = find(first, start, bodyStart);
    if (found < 0) {
      return Optional.empty();
    }
    int end = find(bytes(after), found + first.length, bodyStart);
    return Optional.of(text(found + first.length, end));
  }

  /**
   * The head's first line.
   *
   * @return without its end
   */
  public String firstLine() {
    return text(start, find(bytes("\r\n"), start, bodyStart));
  }

  /**
   * Whether the message starts with these bytes.
   *
   * @param bytes the bytes
   * @return whether it does
   */
  public boolean startsWith(byte[] bytes) {
    return Arrays.equals(buffer, start, start + bytes.length, bytes, 0, bytes.length);
  }

  String body() {
    return new String(buffer, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8);
  }

  /**
   * Text as bytes.
   *
   * @param ascii the text
   * @return its bytes
   */
  public static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      bodyEnd -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(read, 0);
    return read > 0;
  }

  /** Where the bytes are, of which letters may be in capitals, or -1. */
  private int find(byte[] wanted, int from, int to) {
    outer:
    for (int at = from; at <= to - wanted.length; at++) {
      for (int i = 0; i < wanted.length; i++) {
        int there = buffer[at + i];
        if (there != wanted[i] && !(there >= 'A' && there <= 'Z' && there + 32 == wanted[i])) {
          continue outer;
        }
      }
      return at;
    }
    return -1;
  }

  private int number(int header) {
    int value = 0;
    for (int at = header + LENGTH.length; header >= 0 && buffer[at] != '\r'; at++) {
      value = buffer[at] == ' ' ? value : 10 * value + buffer[at] - '0';
    }
    return value;
  }

  private String text(int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.US_ASCII);
  }
}
