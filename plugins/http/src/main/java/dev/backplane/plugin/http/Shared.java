package dev.backplane.plugin.http;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Values that are opened once per key, shared, and closed with their last user. */
final class Shared<K, V> {
  private final Function<K, V> open;
  private final Consumer<V> close;
  private final Map<K, Entry<V>> entries = new HashMap<>();

  Shared(Function<K, V> open, Consumer<V> close) {
    this.open = open;
    this.close = close;
  }

  /** One user's hold on a value; to be closed once. */
  final class Lease implements AutoCloseable {
    private final K key;
    private final V value;

    private Lease(K key, V value) {
      this.key = key;
      this.value = value;
    }

    V value() {
      return value;
    }

    @Override
    public void close() {
      release(key);
    }
  }

  synchronized Lease lease(K key) {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      entry = new Entry<>(open.apply(key));
      entries.put(key, entry);
    }
    entry.users++;
    return new Lease(key, entry.value);
  }

  private synchronized void release(K key) {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      throw new IllegalStateException("a lease was closed twice");
    }
    entry.users--;
    if (entry.users == 0) {
      entries.remove(key);
      close.accept(entry.value);
    }
  }

  private static final class Entry<V> {
    private final V value;
    private int users;

    Entry(V value) {
      this.value = value;
    }
  }
}
