package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The methods of a resource, as {@code Allow} names them.
 *
 * @param list those of the list
 * @param item those of an item
 * @param action those of an item whose id is the name of an action besides
 */
record ServedMethods(List<String> list, List<String> item, List<String> action) {
  ServedMethods {
    list = List.copyOf(list);
    item = List.copyOf(item);
    action = List.copyOf(action);
  }

  /** The methods that follow from what is served. */
  static ServedMethods of(Predicate<Operation> serves) {
    List<String> item = ofItem(serves);
    List<String> action = new ArrayList<>(item);
    action.add(action.indexOf("OPTIONS"), "POST");
    return new ServedMethods(ofList(serves), item, action);
  }

  private static List<String> ofList(Predicate<Operation> serves) {
    List<String> methods = new ArrayList<>();
    if (serves.test(Operation.LIST)) {
      methods.add("GET");
      methods.add("HEAD");
    }
    if (serves.test(Operation.CREATE)) {
      methods.add("POST");
    }
    methods.add("OPTIONS");
    return methods;
  }

  private static List<String> ofItem(Predicate<Operation> serves) {
    List<String> methods = new ArrayList<>();
    if (serves.test(Operation.GET)) {
      methods.add("GET");
      methods.add("HEAD");
    }
    if (serves.test(Operation.REPLACE) || serves.test(Operation.CREATE)) {
      methods.add("PUT");
    }
    if (serves.test(Operation.UPDATE)) {
      methods.add("PATCH");
    }
    if (serves.test(Operation.DELETE)) {
      methods.add("DELETE");
    }
    methods.add("OPTIONS");
    return methods;
  }
}
