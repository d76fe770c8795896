package dev.backplane.core;

import dev.backplane.core.http.ServedResource;
import dev.backplane.core.plugin.OpenStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the stores answer, all of them asked at the same time. However many want to know, a store
 * is asked once in {@link StoreCheck#FRESH}, and nobody waits longer than {@link
 * StoreCheck#PATIENCE}. Safe for use by many threads.
 */
final class StoreChecks {
  private final Map<OpenStore, StoreCheck> checks = new HashMap<>(); // guarded by this

  /** Says of each resource whether its store answers. */
  List<Gateway.StoreHealth> of(List<ServedResource> resources) throws InterruptedException {
    Map<OpenStore, StoreCheck> now = checksOf(resources);
    now.values().forEach(StoreCheck::begin);
    List<Gateway.StoreHealth> health = new ArrayList<>();
    for (ServedResource resource : resources) {
      StoreCheck check = now.get(resource.store());
      if (check != null) {
        health.add(health(resource, check.await()));
      }
    }
    return health;
  }

  private synchronized Map<OpenStore, StoreCheck> checksOf(List<ServedResource> resources) {
    Map<OpenStore, StoreCheck> now = new HashMap<>();
    for (ServedResource resource : resources) {
      OpenStore store = resource.store();
      now.put(
          store,
          checks.computeIfAbsent(store, key -> new StoreCheck(resource.mapping().name(), store)));
    }
    checks.forEach((store, check) -> {
      if (!now.containsKey(store)) {
        check.forget();
      }
    });
    checks.keySet().retainAll(now.keySet());
    return now;
  }

  /** What is asked from now on is of no use to anybody: the stores close. */
  synchronized void close() {
    checks.values().forEach(StoreCheck::forget);
  }

  private static Gateway.StoreHealth health(ServedResource resource, StoreCheck.State state) {
    return new Gateway.StoreHealth(
        resource.mapping().name(),
        resource.mapping().service(),
        state.isUp(),
        state.since(),
        state.checked(),
        state.reason());
  }
}
