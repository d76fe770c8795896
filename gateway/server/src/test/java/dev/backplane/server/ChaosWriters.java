package dev.backplane.server;

import static dev.backplane.server.ChaosClient.json;
import static dev.backplane.server.ChaosClient.text;
import static dev.backplane.server.ChaosClient.told;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The kinds of writes that clients rely on, each with the ledger of its own. */
final class ChaosWriters {
  private ChaosWriters() {}

  /** One of each kind for a resource. */
  static List<ChaosWriter> of(ChaosClient client, String resource) {
    List<ChaosWriter> writers = new ArrayList<>();
    String shared = resource + "-shared";
    for (int i = 1; i <= 2; i++) {
      writers.add(new KeyedCreates(client, resource, resource + "-creates-" + i));
      writers.add(new GuardedPuts(client, resource, resource + "-puts-" + i));
      writers.add(new CreatesAndDeletes(client, resource, resource + "-deletes-" + i));
    }
    writers.add(new Appends(client, resource, shared, "a"));
    writers.add(new Appends(client, resource, shared, "b"));
    writers.add(new AtomicPairs(client, resource, resource + "-pairs"));
    return writers;
  }

  private static HttpRequest.Builder keyed(HttpRequest.Builder request) {
    return request.header("Idempotency-Key", "\"" + UUID.randomUUID() + "\"");
  }

  private static void require(boolean right, HttpResponse<String> answer) {
    if (!right) {
      throw new IllegalStateException("unexpected: " + told(answer));
    }
  }

  private static List<JsonObject> of(List<JsonObject> items, String writer) {
    return items.stream().filter(item -> text(item, "w").equals(writer)).toList();
  }

  /** An item of a writer, as JSON. */
  private static String item(String writer, int n) {
    return "{\"w\":\"%s\",\"n\":%d}".formatted(writer, n);
  }

  /** An item with a list, made once. */
  private static void createList(ChaosClient client, String resource, String id) {
    String body = "{\"id\":\"%s\",\"w\":\"lists\",\"list\":[]}".formatted(id);
    client.settle(
        client.request("PUT", "/api/" + resource + "/" + id, body).header("If-None-Match", "*"));
  }

  private static List<String> list(List<JsonObject> items, String id) {
    return items.stream()
        .filter(item -> text(item, "id").equals(id))
        .flatMap(item -> ((JsonArray) item.get("list").orElseThrow()).elements().stream())
        .map(value -> value.text().orElseThrow())
        .toList();
  }

  private static String append(String value) {
    return "[{\"op\":\"add\",\"path\":\"/list/-\",\"value\":\"%s\"}]".formatted(value);
  }

  /** POSTs with a key, each sent until it is answered. */
  private static final class KeyedCreates implements ChaosWriter {
    private final ChaosClient client;
    private final String resource;
    private final String name;
    private final Set<Integer> acknowledged = new HashSet<>();
    private int n;

    KeyedCreates(ChaosClient client, String resource, String name) {
      this.client = client;
      this.resource = resource;
      this.name = name;
    }

    @Override
    public void step() {
      n++;
      String body = item(name, n);
      HttpResponse<String> answer =
          client.settle(keyed(client.request("POST", "/api/" + resource, body)));
      require(answer.statusCode() == 201, answer);
      acknowledged.add(n);
    }

    @Override
    public void verify(List<JsonObject> items, ChaosVerdict verdict) {
      for (int i = 1; i <= n; i++) {
        String number = Integer.toString(i);
        long found =
            of(items, name).stream().filter(item -> text(item, "n").equals(number)).count();
        verdict.count(name + " " + i, acknowledged.contains(i), found);
      }
    }
  }

  /** PUTs over one item, with If-Match. */
  private static final class GuardedPuts implements ChaosWriter {
    private final ChaosClient client;
    private final String resource;
    private final String name;
    private int acknowledged;
    private int tried;
    private Optional<String> tag = Optional.empty();

    GuardedPuts(ChaosClient client, String resource, String name) {
      this.client = client;
      this.resource = resource;
      this.name = name;
    }

    private String path() {
      return "/api/" + resource + "/" + name;
    }

    @Override
    public void prepare() {
      client.settle(client.request("PUT", path(), item(name, 0)).header("If-None-Match", "*"));
    }

    @Override
    public void step() {
      if (tag.isEmpty()) {
        HttpResponse<String> now = client.settle(client.request("GET", path()));
        require(now.statusCode() == 200, now);
        tag = now.headers().firstValue("ETag");
        acknowledged = Math.max(acknowledged, number((JsonObject) json(now.body())));
      }
      tried++;
      Optional<HttpResponse<String>> answer =
          client.once(
              client
                  .request("PUT", path(), item(name, tried))
                  .header("If-Match", tag.orElseThrow()));
      boolean done = answer.filter(some -> some.statusCode() == 200).isPresent();
      if (done) {
        acknowledged = tried;
      }
      tag = done ? answer.get().headers().firstValue("ETag") : Optional.empty();
    }

    private static int number(JsonObject item) {
      return Integer.parseInt(text(item, "n"));
    }

    @Override
    public void verify(List<JsonObject> items, ChaosVerdict verdict) {
      int stored = of(items, name).stream().mapToInt(GuardedPuts::number).sum();
      verdict.once(name + " " + acknowledged, stored >= acknowledged && stored <= tried ? 1 : 0);
    }
  }

  /** Creates on the condition that there is none, and deletes every other one. */
  private static final class CreatesAndDeletes implements ChaosWriter {
    private final ChaosClient client;
    private final String resource;
    private final String name;
    private final Set<String> there = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private int n;

    CreatesAndDeletes(ChaosClient client, String resource, String name) {
      this.client = client;
      this.resource = resource;
      this.name = name;
    }

    @Override
    public void step() {
      n++;
      String id = name + "-" + n;
      String path = "/api/" + resource + "/" + id;
      String body = item(name, n);
      HttpRequest.Builder put = client.request("PUT", path, body).header("If-None-Match", "*");
      boolean clear = client.once(put).filter(answer -> answer.statusCode() == 201).isPresent();
      if (!clear) {
        // a try that was given up may be done late, so nothing is deleted that was tried twice
        HttpResponse<String> answer = client.settle(put);
        require(answer.statusCode() == 201 || answer.statusCode() == 412, answer);
      } else if (n % 2 == 1) {
        HttpResponse<String> answer = client.settle(client.request("DELETE", path));
        require(answer.statusCode() == 204 || answer.statusCode() == 404, answer);
        gone.add(id);
        return;
      }
      there.add(id);
    }

    @Override
    public void verify(List<JsonObject> items, ChaosVerdict verdict) {
      List<String> ids = of(items, name).stream().map(item -> text(item, "id")).toList();
      there.forEach(id -> verdict.once(id, ids.stream().filter(id::equals).count()));
      gone.stream().filter(ids::contains).forEach(id -> verdict.lost("the deletion of " + id));
    }
  }

  /** JSON Patches with a key and without If-Match, over an item that others patch, too. */
  private static final class Appends implements ChaosWriter {
    private final ChaosClient client;
    private final String resource;
    private final String item;
    private final String name;
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private int n;

    Appends(ChaosClient client, String resource, String item, String name) {
      this.client = client;
      this.resource = resource;
      this.item = item;
      this.name = name;
    }

    @Override
    public void prepare() {
      createList(client, resource, item);
    }

    @Override
    public void step() {
      n++;
      String value = name + n;
      HttpResponse<String> answer =
          client.settle(
              keyed(client.request("PATCH", "/api/" + resource + "/" + item, append(value))));
      require(answer.statusCode() == 200 || answer.statusCode() == 409, answer);
      (answer.statusCode() == 200 ? acknowledged : unknown).add(value);
    }

    @Override
    public void verify(List<JsonObject> items, ChaosVerdict verdict) {
      List<String> list = list(items, item);
      acknowledged.forEach(
          value -> verdict.once(item + " " + value, list.stream().filter(value::equals).count()));
      unknown.forEach(value ->
          verdict.atMostOnce(item + " " + value, list.stream().filter(value::equals).count()));
    }
  }

  /** Two new items and a change of a third as one, with a key. */
  private static final class AtomicPairs implements ChaosWriter {
    private final ChaosClient client;
    private final String resource;
    private final String name;
    private final Set<String> acknowledged = new HashSet<>();
    private int n;

    AtomicPairs(ChaosClient client, String resource, String name) {
      this.client = client;
      this.resource = resource;
      this.name = name;
    }

    @Override
    public void prepare() {
      createList(client, resource, name + "-list");
    }

    @Override
    public void step() {
      n++;
      String create = "{\"op\":\"create\",\"body\":%s}".formatted(item(name, n));
      String body =
          "[%s,%s,{\"op\":\"update\",\"id\":\"%s-list\",\"body\":%s}]"
              .formatted(create, create, name, append(Integer.toString(n)));
      HttpResponse<String> answer =
          client.settle(
              keyed(client.request("POST", "/api/" + resource + "/_bulk?_atomic=true", body)));
      require(answer.statusCode() == 200, answer);
      acknowledged.add(Integer.toString(n));
    }

    @Override
    public void verify(List<JsonObject> items, ChaosVerdict verdict) {
      List<String> numbers = of(items, name).stream().map(item -> text(item, "n")).toList();
      List<String> list = list(items, name + "-list");
      for (int i = 1; i <= n; i++) {
        String number = Integer.toString(i);
        long created = numbers.stream().filter(number::equals).count();
        long listed = list.stream().filter(number::equals).count();
        if (created != 2 * listed) {
          verdict.torn(name + " " + number + ": " + created + " created, listed " + listed);
        } else {
          verdict.count(name + " " + number, acknowledged.contains(number), listed);
        }
      }
    }
  }
}
