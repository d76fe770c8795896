package dev.backplane.benchmarks.spring;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Creates, reads, replaces and deletes. */
@RestController
@RequestMapping("/api/mocks")
public class MocksController {
  private final Map<String, Map<String, Object>> items =
      new ConcurrentSkipListMap<>(
          Map.of("000-1", Map.of("id", "000-1", "name", "first"), "000-2", Map.of("id", "000-2", "name", "second")));

  @GetMapping
  List<Map<String, Object>> list() {
    return List.copyOf(items.values());
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> get(@PathVariable("id") String id) {
    return ResponseEntity.ofNullable(items.get(id));
  }

  @PostMapping
  ResponseEntity<Map<String, Object>> create(@RequestBody Map<String, Object> item) {
    items.put(String.valueOf(item.get("id")), item);
    return ResponseEntity.status(HttpStatus.CREATED).body(item);
  }

  @PutMapping("/{id}")
  Map<String, Object> replace(@PathVariable("id") String id, @RequestBody Map<String, Object> item) {
    items.put(id, item);
    return item;
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable("id") String id) {
    return items.remove(id) == null ? ResponseEntity.notFound().build() : ResponseEntity.noContent().build();
  }
}
