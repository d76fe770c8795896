package dev.backplane.spi;

import java.util.List;
import java.util.Set;

/** A store that reads many items at once for less than one {@link #get} each. */
public interface BatchGetStore extends Store {
  /**
   * Reads the items of these ids, each as {@link #get} would.
   *
   * @param ids the ids: one or more, at most as many as the resource's largest page
   * @return the items that there are, each once, in any order
   * @throws StoreException when the backend fails; never a part of the items instead
   */
  List<Item> getAll(Set<String> ids);
}
