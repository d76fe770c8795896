package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There is no way to an operation that does not ask for the right to it. */
interface OperationRules extends AccessSteps {
  /** What callers may do with the notes; the others of {@link AccessContract#CALLERS} nothing. */
  Map<String, Set<String>> RIGHTS =
      Map.of(
          "ann", Set.of("list", "get", "create", "replace", "update", "delete"),
          "bob", Set.of("list", "get", "create", "replace", "update", "delete"),
          "eve", Set.of("list", "get"),
          "dora", Set.of("create"),
          "erik", Set.of("update", "delete"),
          "root", Set.of("list", "get", "create", "replace", "update", "delete"));

  @Test
  default void everyOperation_asksForItsRight_whicheverWayItIsAskedFor() {
    String item = NOTES + "/none";
    Request patch = Request.of("PATCH", item).body("application/merge-patch+json", "{\"n\": 1}");
    Map<String, List<Request>> ways =
        Map.of(
            "list",
            List.of(
                Request.of("GET", NOTES),
                Request.of("HEAD", NOTES),
                Request.of("GET", NOTES + "?_embed=replies&q=x"),
                Request.json("POST", NOTES + "/_query", "{}")),
            "get",
            List.of(
                Request.of("GET", item),
                Request.of("HEAD", item),
                Request.of("GET", item + "/parent"),
                Request.of("GET", item).header("If-None-Match", "*"),
                Request.of("GET", NOTES + "/_bulk"),
                Request.of("GET", NOTES + "/_query")),
            "create",
            List.of(
                Request.json("POST", NOTES, "{}"),
                Request.json("POST", NOTES, "{}").header("Prefer", "return=minimal"),
                Request.json("PUT", NOTES + "/made", "{}").header("If-None-Match", "*")),
            "replace",
            List.of(
                Request.json("PUT", item, "{}").header("If-Match", "*"),
                Request.json("PUT", NOTES + "/_bulk", "{}").header("If-Match", "*")),
            "update",
            List.of(patch, patch.header("If-Match", "\"x\"")),
            "delete",
            List.of(Request.of("DELETE", item), Request.of("DELETE", NOTES + "/_query")));
    for (String caller : AccessContract.CALLERS.keySet()) {
      Set<String> rights = RIGHTS.getOrDefault(caller, Set.of());
      ways.forEach((operation, requests) ->
          requests.forEach(request -> {
            int status = client().send(request.header(KEY, "key-of-" + caller)).status();
            String said = caller + " " + operation + " " + request;
            if (rights.contains(operation)) {
              assertThat(status).as(said).isNotIn(401, 403).isLessThan(500);
            } else {
              assertThat(status).as(said).isEqualTo(403);
            }
          }));
    }
  }

  @Test
  default void bulk_asksForTheRightToEachOfItsOperations() {
    Map<String, String> operations =
        Map.of(
            "create", "{\"op\": \"create\", \"body\": {}}",
            "replace", "{\"op\": \"replace\", \"id\": \"none\", \"body\": {}, \"if-match\": \"*\"}",
            "update", "{\"op\": \"update\", \"id\": \"none\", \"body\": {}}",
            "delete", "{\"op\": \"delete\", \"id\": \"none\"}");
    RIGHTS.forEach((caller, rights) -> {
      if (caller.equals("eve")) {
        as(caller).post(403, NOTES + "/_bulk", "[" + String.join(",", operations.values()) + "]");
        return;
      }
      operations.forEach((operation, json) -> {
        Answer answer = as(caller).post(200, NOTES + "/_bulk", "[" + json + "]");
        List<String> status = answer.each("status");
        if (rights.contains(operation)) {
          assertThat(status).as(caller + json).doesNotContain("401", "403");
        } else {
          assertThat(status).as(caller + json).containsExactly("403");
        }
      });
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/NOTES",
        "/API/notes",
        "/api/Notes/x",
        "/api/notes/",
        "/api//notes",
        "//api/notes",
        "/api/./notes",
        "/api/public/../notes",
        "/api/public/..%2Fnotes",
        "/api/public%2F..%2Fnotes",
        "/api/%6Eotes/x",
        "/api/notes%2Fx",
        "/api/notes;v=1/x",
        "/api/notes/x;v=1",
        "/api/notes.json",
        "/api/notes%00",
        "/api/notes%20/x",
        "/api/notes/x/",
        "/api/notes/_query",
        "/api/notes/_bulk"
      })
  default void detour_leadsNowhere(String path) {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"unmistakable\"}");
    for (String caller : List.of("", "key-of-nora", "key-of-bob")) {
      for (String method : List.of("GET", "DELETE")) {
        Request request = Request.of(method, path);
        Answer answer = client().send(caller.isEmpty() ? request : request.header(KEY, caller));
        boolean own = caller.equals("key-of-bob") && answer.status() == 200;
        assertThat(own || (answer.status() >= 400 && answer.status() < 500))
            .as("%s %s: %s", caller, request, answer)
            .isTrue();
        assertThat(answer.text()).doesNotContain("unmistakable");
      }
    }
    as("ann").get(200, NOTES + "/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override: DELETE",
        "X-HTTP-Method: DELETE",
        "X-Method-Override: DELETE",
        "X-Original-URL: /api/staff/s",
        "X-Rewrite-URL: /api/staff/s",
        "X-Forwarded-Prefix: /api/staff/s",
        "X-Forwarded-User: root",
        "X-Remote-User: root",
        "X-Client-Subject: root",
        "Cookie: X-API-Key=key-of-root"
      })
  default void headerThatSaysOtherwise_isOfNoAccount(String header) {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    as("hank").post(201, STAFF, "{\"id\": \"s\", \"name\": \"unmistakable\"}");
    String[] parts = header.split(": ", 2);
    Request get = Request.of("GET", NOTES + "/x").header(parts[0], parts[1]);
    as("ann").send(200, get);
    as("bob").send(404, get);
    assertThat(asNobody().send(401, get).text()).doesNotContain("unmistakable");
    Request post = Request.json("POST", NOTES + "/x", "{}").header(parts[0], parts[1]);
    as("ann").send(405, post);
    as("ann").get(200, NOTES + "/x?_fields=text");
    as("hank").delete(204, STAFF + "/s");
  }

  /** A browser asks before it has said who it is; what is possible at all is no secret. */
  @Test
  default void options_tellsTheSameToEverybody() {
    as("ann").post(201, NOTES, "{\"id\": \"x\"}");
    for (String target : List.of(NOTES, NOTES + "/x", NOTES + "/none", CLOSED + "/x")) {
      String allowed = asNobody().send(204, Request.of("OPTIONS", target)).need("Allow");
      for (String caller : List.of("ann", "bob", "nora", "root")) {
        Answer answer = as(caller).send(204, Request.of("OPTIONS", target));
        assertThat(answer.need("Allow")).isEqualTo(allowed);
      }
    }
  }

  @Test
  default void credentialsInTheUrl_areOfNoAccount() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    for (String name : List.of("X-API-Key", "api_key", "access_token", "key", "token")) {
      Answer answer = client().send(Request.of("GET", NOTES + "/x?" + name + "=key-of-ann"));
      assertThat(answer.status()).isIn(400, 401);
      assertThat(answer.text()).doesNotContain("mine");
    }
  }

  /** Who may make an item cannot make more of it than its fields let them. */
  @Test
  default void create_setsNothingThatIsNotTheCallersToSet() {
    as("ann").post(422, NOTES, "{\"owner\": \"root\", \"text\": \"x\"}");
    as("ann").post(422, NOTES, "{\"owner\": [\"ann\", \"root\"]}");
    as("ann").post(422, NOTES, "{\"owner\": {\"ann\": 1}}");
    as("ann").post(422, NOTES, "{\"owner\": null}");
    as("ann").post(422, FOLDERS, "{\"made\": \"2020\"}");
    as("ann").post(422, FOLDERS, "{\"owner\": \"ann\"}");
    as("ann").post(422, STAFF, "{\"salary\": null}");
    as("ann").post(400, NOTES, "{\"owner\": \"ann\", \"owner\": \"root\"}");
    Answer made = as("ann").post(201, NOTES, "{\"Owner\": \"root\", \"role\": \"admin\"}");
    assertThat(made.member("owner")).isEqualTo(new JsonString("ann"));
  }
}
