package dev.backplane.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store's backend consists of in the cloud, in the form of AWS CloudFormation. Flows out of
 * plugins.
 *
 * @param resources the resources by their logical ids, which are letters and digits; each has a
 *     {@code Type}. Two stores that give the same resource the same id mean one
 * @param remarks what the resources cannot say, in plain words that read on after the name of the
 *     mapping's resource and a colon, a line each
 */
public record Provision(Map<String, JsonObject> resources, List<String> remarks) {
  /** Copies the collections; the order stays. */
  public Provision {
    resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    remarks = List.copyOf(remarks);
  }

  /**
   * For a store that needs nothing.
   *
   * @return no resources and no remarks
   */
  public static Provision none() {
    return new Provision(Map.of(), List.of());
  }
}
