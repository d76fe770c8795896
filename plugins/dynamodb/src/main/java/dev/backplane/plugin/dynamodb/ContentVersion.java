package dev.backplane.plugin.dynamodb;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The version of an item: a hash of all its attributes, our version attribute included.
 *
 * <p>The hash follows the content whoever wrote it, also a program that knows nothing of our
 * version attribute or keeps it while changing the rest. The attribute, new and random with every
 * write of ours, tells apart two states of equal content, so that of two writers that rely on one
 * state only the first succeeds. {@link ConditionalWrite} is the other half; the reasons and limits
 * are in docs/decisions/0004-versions-of-dynamodb-items.md.
 */
final class ContentVersion {
  /** Of 32 bytes; 16 are far more than an accident can hit. */
  private static final int BYTES = 16;

  /** What stands before a value of each type: the length of its name, and its name. */
  private static final Map<AttributeValue.Type, byte[]> TYPES = types();

  private final MessageDigest digest;

  /**
   * Collects the many small parts of an item, as each call of the digest costs more than a copy.
   */
  private final byte[] parts = new byte[512];

  private int used;

  private ContentVersion(MessageDigest digest) {
    this.digest = digest;
  }

  static String of(Map<String, AttributeValue> item) {
    try {
      ContentVersion version = new ContentVersion(MessageDigest.getInstance("SHA-256"));
      version.addMap(item);
      version.flush();
      byte[] hash = Arrays.copyOf(version.digest.digest(), BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static Map<AttributeValue.Type, byte[]> types() {
    Map<AttributeValue.Type, byte[]> types = new EnumMap<>(AttributeValue.Type.class);
    for (AttributeValue.Type type : AttributeValue.Type.values()) {
      // as a character, a length is the byte of that number
      String text = (char) type.name().length() + type.name();
      types.put(type, text.getBytes(StandardCharsets.US_ASCII));
    }
    return types;
  }

  private void add(AttributeValue value) {
    AttributeValue.Type type = value.type();
    append(Objects.requireNonNull(TYPES.get(type)));
    switch (type) {
      case S -> addText(value.s());
      case N -> addText(canonical(value.n()));
      case BOOL -> append((byte) (value.bool() ? 1 : 0));
      case NUL -> {}
      case B -> addBytes(value.b().asByteArrayUnsafe());
      case M -> addMap(value.m());
      case L -> {
        addLength(value.l().size());
        value.l().forEach(this::add);
      }
      case SS -> addTexts(value.ss().stream().sorted().toList());
      case NS ->
          addTexts(AttributeReader.numbers(value.ns()).map(ContentVersion::canonical).toList());
      case BS -> addTexts(value.bs().stream().map(AttributeReader::base64).sorted().toList());
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("an attribute of a type that the SDK does not know");
    }
  }

  private void addMap(Map<String, AttributeValue> map) {
    addLength(map.size());
    for (String name : AttributeReader.sortedNames(map)) {
      addText(name);
      add(Objects.requireNonNull(map.get(name)));
    }
  }

  private void addTexts(Collection<String> texts) {
    addLength(texts.size());
    texts.forEach(this::addText);
  }

  private void addText(String text) {
    addBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void addBytes(byte[] bytes) {
    addLength(bytes.length);
    append(bytes);
  }

  private void addLength(int length) {
    append((byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length);
  }

  private void append(byte... bytes) {
    if (bytes.length > parts.length - used) {
      flush();
    }
    if (bytes.length > parts.length) {
      digest.update(bytes);
      return;
    }
    System.arraycopy(bytes, 0, parts, used, bytes.length);
    used += bytes.length;
  }

  private void flush() {
    digest.update(parts, 0, used);
    used = 0;
  }

  /** Equal numbers have one text: the service writes 1.10 as 1.1. */
  private static String canonical(String digits) {
    return canonical(new BigDecimal(digits));
  }

  private static String canonical(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }
}
