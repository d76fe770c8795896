package dev.backplane.plugin.s3;

import dev.backplane.spi.Item;
import java.util.Optional;

/**
 * An object as it was read.
 *
 * @param tag its ETag with the quotes, as a condition takes it
 * @param write what its writer called that write; empty when that was not this plugin
 * @param item the item in it; empty in an object of no bytes, which stands for a deleted item
 */
record StoredObject(String tag, Optional<String> write, Optional<Item> item) {}
