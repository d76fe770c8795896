package dev.backplane.spi;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The members of an object, in order: a map that nobody can change, so that it need not be copied.
 */
abstract class Members extends AbstractMap<String, JsonValue> {
  /** Most objects have no more. Looking through so many names takes no longer than a table. */
  static final int FEW = 8;

  /** The first of these, each name once. */
  static Members few(String[] names, JsonValue[] values, int size) {
    return new Few(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
  }

  /** All of a table, which is handed over. */
  static Members many(Map<String, JsonValue> table) {
    return new Many(table);
  }

  /** Where a name is among the first of these; -1 where it is not. */
  static int index(String[] names, int size, Object name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** One behind the other, which takes a third of the heap of a table. */
  private static final class Few extends Members {
    private final String[] names;
    private final JsonValue[] values;

    Few(String[] names, JsonValue[] values) {
      this.names = names;
      this.values = values;
    }

    @Override
    public int size() {
      return names.length;
    }

    @Override
    public boolean containsKey(Object name) {
      return index(names, names.length, name) >= 0;
    }

    @Override
    @SuppressWarnings("NullAway") // Map.get answers null where there is nothing
    public JsonValue get(Object name) {
      int index = index(names, names.length, name);
      return index < 0 ? null : values[index];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super JsonValue> action) {
      for (int i = 0; i < names.length; i++) {
        action.accept(names[i], values[i]);
      }
    }

    @Override
    public Set<Entry<String, JsonValue>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public int size() {
          return names.length;
        }

        @Override
        public Iterator<Entry<String, JsonValue>> iterator() {
          return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
              return next < names.length;
            }

            @Override
            public Entry<String, JsonValue> next() {
              if (!hasNext()) {
                throw new NoSuchElementException();
              }
              return Map.entry(names[next], values[next++]);
            }
          };
        }
      };
    }
  }

  /** In a table. */
  private static final class Many extends Members {
    private final Map<String, JsonValue> table;

    Many(Map<String, JsonValue> table) {
      this.table = Collections.unmodifiableMap(table);
    }

    @Override
    public int size() {
      return table.size();
    }

    @Override
    public boolean containsKey(Object name) {
      return table.containsKey(name);
    }

    @Override
    @SuppressWarnings("NullAway") // Map.get answers null where there is nothing
    public JsonValue get(Object name) {
      return table.get(name);
    }

    /** Without an iterator and an entry for each member, which the inherited one makes. */
    @Override
    public void forEach(BiConsumer<? super String, ? super JsonValue> action) {
      table.forEach(action);
    }

    @Override
    public Set<Entry<String, JsonValue>> entrySet() {
      return table.entrySet();
    }

    @Override
    public Set<String> keySet() {
      return table.keySet();
    }

    @Override
    public Collection<JsonValue> values() {
      return table.values();
    }
  }
}
