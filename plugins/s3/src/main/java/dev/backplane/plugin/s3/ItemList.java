package dev.backplane.plugin.s3;

import dev.backplane.plugin.s3.ParallelReader.Wanted;
import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Page.Work;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes one page: keys from the listing, then the objects, several at once. */
final class ItemList {
  /** Of a filter that matches little, a page examines so many; then the gateway asks again. */
  private static final int MOST_EXAMINED = 500;

  private final ItemCodec items;
  private final ParallelReader objects;
  private final Query query;
  private final Keys keys;
  private final long deadline;
  private final List<Item> found = new ArrayList<>();
  private long examined;

  ItemList(ItemCodec items, ParallelReader objects, Query query, Keys keys, Duration timeout) {
    this.items = items;
    this.objects = objects;
    this.query = query;
    this.keys = keys;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  Page read(S3Client aws) {
    do {
      List<Wanted> wanted = keys.next(batch());
      Optional<String> full = wanted.isEmpty() ? Optional.empty() : take(aws, wanted);
      if (full.isPresent()) {
        return page(full);
      }
    } while (!keys.isEnded() && found.size() < query.limit() && !isSpent());
    return page(keys.isEnded() ? Optional.empty() : keys.last());
  }

  /** As many as the page lacks; with a filter more, as some will not match. */
  private int batch() {
    int lacking = query.limit() - found.size();
    return query.filter().conjuncts().isEmpty() ? lacking : Math.max(lacking, MOST_EXAMINED / 4);
  }

  /** The key that the page ends with, when it is full and there is something behind it. */
  private Optional<String> take(S3Client aws, List<Wanted> wanted) {
    List<Optional<StoredObject>> read = objects.read(aws, wanted);
    for (int i = 0; i < read.size(); i++) {
      examined++;
      // empty: deleted since it was listed
      Optional<Item> item = read.get(i).flatMap(StoredObject::item);
      if (item.isPresent() && query.filter().test(items.shown(item.get()))) {
        found.add(item.get());
        boolean more = i + 1 < read.size() || !keys.isEnded();
        if (found.size() == query.limit() && more) {
          return Optional.of(wanted.get(i).key());
        }
      }
    }
    return Optional.empty();
  }

  private boolean isSpent() {
    boolean late = System.nanoTime() - deadline > 0;
    if (late && keys.last().isEmpty()) {
      throw new StoreException(
          Reason.TIMEOUT, "The backend of this resource did not answer in time.");
    }
    return late || examined >= MOST_EXAMINED;
  }

  private Page page(Optional<String> last) {
    Work work = new Work(Filtering.ALL, OptionalLong.of(examined), Map.of("read", "listing"));
    return new Page(found, last.map(Cursor::after), work);
  }
}
