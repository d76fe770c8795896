package dev.backplane.core.http;

import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request and its answer; for the thread that handles the request. */
final class Exchange {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final int maxBodySize;
  private final String requestId;
  private final RequestNotes notes;
  private final Preferences preferences;
  private Caller caller = Caller.NOBODY;
  private byte @Nullable [] bytes;
  private final Taken taken = new Taken();
  private final Set<String> varies = new HashSet<>();

  Exchange(HttpServletRequest request, HttpServletResponse response, int maxBodySize) {
    this.request = request;
    this.response = response;
    this.maxBodySize = maxBodySize;
    this.requestId =
        header("X-Request-Id").filter(Exchange::isSane).orElseGet(() -> UUID.randomUUID() + "");
    response.setHeader("X-Request-Id", requestId);
    response.setHeader("X-Content-Type-Options", "nosniff"); // JSON stays JSON for every browser
    this.notes = RequestNotes.begin(request, requestId);
    this.preferences = Preferences.parse(list("Prefer"));
  }

  /** The method as it was sent: a header that overrides it would walk around the method rules. */
  String method() {
    return request.getMethod();
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  String requestId() {
    return requestId;
  }

  /** What whoever logs the request will want to know. */
  RequestNotes notes() {
    return notes;
  }

  /** What stands before the gateway's own paths, such as an API's stage; usually nothing. */
  String prefix() {
    return Optional.ofNullable(request.getContextPath()).orElse("");
  }

  /** The path behind the prefix, still encoded. */
  String path() {
    String uri = request.getRequestURI();
    return uri.startsWith(prefix()) ? uri.substring(prefix().length()) : uri;
  }

  /** Whether an encoded slash in the path may have been a plain one. */
  boolean wasPathDecoded() {
    return Boolean.TRUE.equals(request.getAttribute(HttpApi.PATH_WAS_DECODED));
  }

  boolean isEnding() {
    return Boolean.TRUE.equals(request.getAttribute(HttpApi.IS_ENDING));
  }

  /** The query, still encoded; empty when there is none. */
  String query() {
    return Optional.ofNullable(request.getQueryString()).orElse("");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** All values of a header that may be sent more than once, joined as one list. */
  Optional<String> list(String name) {
    List<String> values = new ArrayList<>(Collections.list(request.getHeaders(name)));
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /**
   * Reads the body as a JSON object.
   *
   * @param types the media types that are understood besides {@code application/json}
   * @return the object
   */
  JsonObject body(String... types) {
    if (json(types) instanceof JsonObject object) {
      return object;
    }
    throw HttpProblem.badRequest("The body should be one JSON object.");
  }

  /** As {@link #body}, of any JSON. */
  JsonValue json(String... types) {
    requireJson(types);
    byte[] utf8 = bytes();
    taken.reading(utf8.length);
    try {
      JsonValue json = Json.CODEC.read(utf8);
      taken.read(json);
      return json;
    } catch (JsonException malformed) {
      throw HttpProblem.badRequest(String.valueOf(malformed.getMessage()));
    }
  }

  /** The media type of the body, without parameters, in lower case; empty when there is none. */
  String mediaType() {
    return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Who is calling. */
  Caller caller() {
    return caller;
  }

  void identify(Caller proved) {
    caller = proved;
    notes.caller(proved);
  }

  /** What the client would rather have; what was applied is told with the answer. */
  Preferences preferences() {
    return preferences;
  }

  void setHeader(String name, String value) {
    response.setHeader(name, value);
  }

  /** A header of the answer as far as it is made. */
  Optional<String> answered(String name) {
    return Optional.ofNullable(response.getHeader(name));
  }

  /** Says that the answer would be another if these headers of the request were. */
  void vary(String... names) {
    for (String name : names) {
      if (varies.add(name)) {
        addHeader("Vary", name);
      }
    }
  }

  /** Adds a value to those that the header has already. */
  void addHeader(String name, String value) {
    response.addHeader(name, value);
  }

  /** Sends an answer without a body. */
  void send(int status) {
    tellPreferences();
    Caching.tell(this, status);
    response.setStatus(status);
    response.setContentType(null);
  }

  void send(int status, JsonValue body) throws IOException {
    send(status, "application/json", written(body));
  }

  void send(Reply reply) throws IOException {
    reply.headers().forEach(this::setHeader);
    if (reply.body().isEmpty()) {
      send(reply.status());
      return;
    }
    byte[] body;
    try {
      body = written(reply.body().get());
    } catch (HttpProblem noRoom) {
      // what was asked for is done, so whatever is told must not have it sent again
      send(reply.minimal());
      return;
    }
    send(reply.status(), "application/json", body);
  }

  /**
   * A body as it is sent.
   *
   * @throws HttpProblem when there is no room for it
   */
  byte[] written(JsonValue body) {
    taken.answering(Taken.text(body)); // before any of it is written
    return Json.CODEC.write(body, taken::answering);
  }

  /** Gives back what the request has taken. */
  void end() {
    taken.close();
  }

  void send(int status, String type, byte[] body) throws IOException {
    tellPreferences();
    Caching.tell(this, status);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    if (!isHead()) {
      response.getOutputStream().write(body);
    }
  }

  private void tellPreferences() {
    preferences.header().ifPresent(applied -> setHeader("Preference-Applied", applied));
  }

  /** Whether the answer has begun, so that nothing else can be said any more. */
  boolean isCommitted() {
    return response.isCommitted();
  }

  /** The body as it was sent; read once. */
  byte[] bytes() {
    if (bytes == null) {
      bytes = readBytes();
    }
    return bytes;
  }

  private byte[] readBytes() {
    if (request.getContentLengthLong() > maxBodySize) {
      throw tooLarge();
    }
    try {
      return arrived(request.getInputStream());
    } catch (IOException cutOff) {
      throw HttpProblem.badRequest("The body ended before it was complete.");
    }
  }

  /** Takes room for a body as it arrives: what is only announced takes none from others. */
  private byte[] arrived(InputStream body) throws IOException {
    long announced = request.getContentLengthLong();
    byte[] read = body.readNBytes((int) Math.min(Taken.SMALL, maxBodySize + 1L));
    int length = read.length;
    // as long as all is filled there may be more
    while (length == read.length && length > 0 && length != announced && length <= maxBodySize) {
      int size = (int) Math.min(announced > length ? announced : 2L * length, maxBodySize + 1L);
      taken.arriving(size);
      read = Arrays.copyOf(read, size);
      length += body.readNBytes(read, length, size - length);
    }
    if (length > maxBodySize) {
      throw tooLarge();
    }
    return length == read.length ? read : Arrays.copyOf(read, length);
  }

  private HttpProblem tooLarge() {
    // what is left of the body is not read, so the connection cannot be used again
    return new HttpProblem(
        413, "The body is larger than " + maxBodySize + " bytes.", Map.of("Connection", "close"));
  }

  private void requireJson(String... types) {
    if (list("Content-Encoding")
        .filter(coding -> !coding.equalsIgnoreCase("identity"))
        .isPresent()) {
      throw new HttpProblem(
          415,
          "Bodies are taken as they are; send this one without a Content-Encoding.",
          Map.of("Accept-Encoding", "identity"));
    }
    String header =
        header("Content-Type")
            .orElseThrow(() -> unsupported("The body needs a Content-Type.", types));
    String[] parts = header.split(";", -1);
    String type = parts[0].strip().toLowerCase(Locale.ROOT);
    boolean known = type.equals("application/json") || List.of(types).contains(type);
    if (!known) {
      throw unsupported("The Content-Type of the body is not understood here.", types);
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.regionMatches(true, 0, "charset=", 0, 8)
          && !isCharset(parameter.substring(8).replace("\"", "").strip())) {
        throw unsupported("The charset of the body is not known; JSON is UTF-8.", types);
      }
    }
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException illegal) {
      return false;
    }
  }

  private static HttpProblem unsupported(String detail, String... types) {
    List<String> understood = new ArrayList<>(List.of(types));
    understood.add("application/json");
    String list = String.join(", ", understood);
    return new HttpProblem(
        415,
        detail + " Use " + list + ".",
        types.length > 0 ? Map.of("Accept-Patch", list) : Map.of("Accept", list));
  }

  private static boolean isSane(String id) {
    return !id.isEmpty()
        && id.length() <= 128
        && id.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\');
  }
}
