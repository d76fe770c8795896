package dev.backplane.plugin.http;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;

/** Writes items to a backend. Safe for use by many threads. */
interface Writer {
  /** As {@link dev.backplane.spi.WritableStore#put}. */
  PutResult put(String id, JsonObject body, Precondition precondition);

  /** As {@link dev.backplane.spi.WritableStore#delete}. */
  DeleteResult delete(String id, Precondition precondition);

  /** Creates an item under an id of the backend's choice. */
  Item create(JsonObject body);
}
