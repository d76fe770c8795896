package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Settings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The times that the store writes into items by itself, as far as the mapping wants them. What a
 * client sends in their place is left out, so that it may send back what it has read.
 *
 * @param created the attribute that says when an item was made; no later write changes it
 * @param updated the attribute that says when an item was last written through the gateway
 * @param format how both are written
 */
record Timestamps(Optional<String> created, Optional<String> updated, Format format) {
  /** How a time is written. */
  enum Format {
    /** In UTC and of one length, so that the order of the texts is that of the times. */
    ISO_8601(KeyType.STRING) {
      @Override
      AttributeValue write(Instant time) {
        return AttributeValue.fromS(ISO.format(time));
      }
    },
    EPOCH_SECONDS(KeyType.NUMBER) {
      @Override
      AttributeValue write(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
      }
    },
    EPOCH_MILLISECONDS(KeyType.NUMBER) {
      @Override
      AttributeValue write(Instant time) {
        return AttributeValue.fromN(Long.toString(time.toEpochMilli()));
      }
    };

    private static final DateTimeFormatter ISO =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final KeyType type;

    Format(KeyType type) {
      this.type = type;
    }

    abstract AttributeValue write(Instant time);
  }

  static Timestamps read(Settings settings) {
    Timestamps read =
        new Timestamps(
            settings.optionalString("created"),
            settings.optionalString("updated"),
            settings.choice("timestamps", Format.ISO_8601));
    if (read.created().isPresent() && read.created().equals(read.updated())) {
      throw settings.wrong("updated", "should be another attribute than created");
    }
    return read;
  }

  boolean has(String attribute) {
    return attributes().anyMatch(attribute::equals);
  }

  Stream<String> attributes() {
    return Stream.concat(created.stream(), updated.stream());
  }

  /** The type of both attributes, where they are a part of an index's key. */
  KeyType type() {
    return format.type;
  }

  /** A body without what a client cannot say. */
  JsonObject ignoredIn(JsonObject body) {
    JsonObject rest = body;
    for (String attribute : attributes().toList()) {
      rest = rest.without(attribute);
    }
    return rest;
  }

  /** An item that is made now. */
  Map<String, AttributeValue> ofNew(Map<String, AttributeValue> item, Instant now) {
    Map<String, AttributeValue> stamped = new LinkedHashMap<>(item);
    attributes().forEach(attribute -> stamped.put(attribute, format.write(now)));
    return stamped;
  }

  /**
   * An item that takes the place of another now. One that was made by others and does not say when,
   * does not say so afterwards either.
   */
  Map<String, AttributeValue> ofNext(
      Map<String, AttributeValue> item, Map<String, AttributeValue> before, Instant now) {
    Map<String, AttributeValue> stamped = new LinkedHashMap<>(item);
    updated.ifPresent(attribute -> stamped.put(attribute, format.write(now)));
    created.ifPresent(attribute -> {
      AttributeValue kept = before.get(attribute);
      if (kept != null) {
        stamped.put(attribute, kept);
      }
    });
    return stamped;
  }
}
