package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Precondition;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Write;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A write of a transaction in the service's terms.
 *
 * @param write what is asked for
 * @param key the item's key; empty when no item can have the id
 * @param attributes what a put stores; empty for a delete, and for what cannot be stored
 * @param impossible why it cannot be stored
 */
record PreparedWrite(
    Write write,
    Optional<Map<String, AttributeValue>> key,
    Optional<Map<String, AttributeValue>> attributes,
    Optional<StoreException> impossible) {

  static PreparedWrite of(Write write, ItemCodec items) {
    Optional<Map<String, AttributeValue>> key = items.key(write.id());
    if (!(write instanceof Write.Put put)) {
      return new PreparedWrite(write, key, Optional.empty(), Optional.empty());
    }
    try {
      Map<String, AttributeValue> attributes = items.write(put.id(), put.body());
      return new PreparedWrite(write, key, Optional.of(attributes), Optional.empty());
    } catch (StoreException impossible) {
      return new PreparedWrite(write, key, Optional.empty(), Optional.of(impossible));
    }
  }

  PreparedWrite storing(Map<String, AttributeValue> stamped) {
    return new PreparedWrite(write, key, Optional.of(stamped), impossible);
  }

  /** Whether it cannot be done, whatever the item is like. */
  boolean isImpossible() {
    return impossible.isPresent() || key.isEmpty();
  }

  /** Whether it depends on the item; a delete does always, as it needs one. */
  boolean isConditional() {
    return write instanceof Write.Delete || !(write.precondition() instanceof Precondition.None);
  }
}
