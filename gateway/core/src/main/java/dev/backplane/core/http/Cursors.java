package dev.backplane.core.http;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Order;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a store's cursors fit for clients: signed (HMAC-SHA256), bound to resource, filter and
 * order, and of limited age. Safe for use by many threads.
 */
final class Cursors {
  /** Who put the list in the order in which it goes on. */
  enum Maker {
    STORE,
    GATEWAY
  }

  /**
   * Where a list goes on.
   *
   * @param index how many items of the list came before
   * @param maker who made the place
   * @param text the store's own cursor, or what the gateway has to know of the last item
   */
  record Place(int index, Maker maker, String text) {}

  private static final Duration AGE = Duration.ofDays(1);
  private static final int SIGNATURE = 16;
  private static final int HEAD = SIGNATURE + Long.BYTES + Integer.BYTES + Byte.BYTES;

  private final Supplier<byte[]> secret;
  private final Clock clock;
  private final HiddenText texts;

  /**
   * Signs with a secret.
   *
   * @param secret that of the mapping, the same in every process
   * @param otherwise where the mapping has none
   * @param clock tells the age of cursors
   */
  Cursors(Optional<String> secret, RandomSecret otherwise, Clock clock) {
    Optional<byte[]> known = secret.map(text -> text.getBytes(StandardCharsets.UTF_8));
    this.secret = () -> known.orElseGet(otherwise::bytes);
    this.clock = clock;
    this.texts = new HiddenText(this.secret);
  }

  /** The same place, which tells who carries it nothing. */
  Place hidden(Place place) {
    return new Place(place.index(), place.maker(), texts.hide(place.text()));
  }

  /** The place that was {@link #hidden}. */
  Place shown(Place place) {
    String text = texts.show(place.text()).orElseThrow(Cursors::unusable);
    return new Place(place.index(), place.maker(), text);
  }

  String sign(Place place, String resource, ListRequest request, Caller caller) {
    byte[] text = place.text().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + text.length);
    bytes.position(SIGNATURE);
    bytes.putLong(clock.instant().getEpochSecond()).putInt(place.index());
    bytes.put((byte) (place.maker() == Maker.STORE ? 0 : 1)).put(text);
    byte[] whole = bytes.array();
    System.arraycopy(signature(whole, resource, request, caller), 0, whole, 0, SIGNATURE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  Place verify(String cursor, String resource, ListRequest request, Caller caller) {
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw unusable();
    }
    if (whole.length < HEAD
        || !MessageDigest.isEqual(
            signature(whole, resource, request, caller), Arrays.copyOf(whole, SIGNATURE))) {
      throw unusable();
    }
    ByteBuffer bytes = ByteBuffer.wrap(whole).position(SIGNATURE);
    long age = clock.instant().getEpochSecond() - bytes.getLong();
    if (age > AGE.toSeconds()) {
      throw unusable();
    }
    int index = bytes.getInt();
    Maker maker = bytes.get() == 0 ? Maker.STORE : Maker.GATEWAY;
    String text = new String(whole, HEAD, whole.length - HEAD, StandardCharsets.UTF_8);
    return new Place(index, maker, text);
  }

  private byte[] signature(byte[] whole, String resource, ListRequest request, Caller caller) {
    StringBuilder bound = new StringBuilder();
    append(bound, resource);
    append(bound, caller.subject());
    append(bound, request.filter());
    for (Order key : request.order()) {
      append(bound.append(key.descending() ? '-' : '+'), key.field().segments());
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.get(), "HmacSHA256"));
      mac.update(bound.toString().getBytes(StandardCharsets.UTF_8));
      mac.update(whole, SIGNATURE, whole.length - SIGNATURE);
      return Arrays.copyOf(mac.doFinal(), SIGNATURE);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }

  /** Spells a filter so that no two filters are spelled alike: every text with its length. */
  private static void append(StringBuilder bound, Filter filter) {
    switch (filter) {
      case Filter.And and -> append(bound, '&', and.terms());
      case Filter.Or or -> append(bound, '|', or.terms());
      case Filter.Not not -> append(bound, '!', List.of(not.term()));
      case Filter.Search search -> append(bound.append('?'), search.text());
      case Filter.Comparison comparison -> {
        append(bound.append('='), comparison.operator().word());
        append(bound, comparison.field().segments());
        append(bound, comparison.operands());
      }
    }
  }

  private static void append(StringBuilder bound, char kind, List<Filter> terms) {
    bound.append(kind).append(terms.size()).append(':');
    terms.forEach(term -> append(bound, term));
  }

  private static void append(StringBuilder bound, List<String> texts) {
    bound.append(texts.size()).append(':');
    texts.forEach(text -> append(bound, text));
  }

  private static void append(StringBuilder bound, String text) {
    bound.append(text.length()).append(':').append(text);
  }

  /** What a client is told whose cursor does not lead on. */
  static HttpProblem unusable() {
    return HttpProblem.badRequest(
        "_cursor is not one of this list, or too old: start again without it, and keep filter and"
            + " order the same from page to page.");
  }
}
