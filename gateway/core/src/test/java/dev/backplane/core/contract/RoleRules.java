package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What callers may do goes by their roles, and what is not allowed is denied. */
interface RoleRules extends AccessSteps {
  @Test
  default void whoSaysNothing_is401_exceptWhereAnyoneMay() {
    Answer refused = asNobody().get(401, NOTES);
    assertThat(refused.need("WWW-Authenticate")).contains("realm=");
    asNobody().get(401, NOTES + "/x");
    asNobody().post(401, NOTES, "{}");
    asNobody().get(401, CLOSED);
    asNobody().get(200, PUBLIC);
    asNobody().get(404, PUBLIC + "/x");
    asNobody().post(401, PUBLIC, "{}");
    asNobody().get(200, "/health/live");
    asNobody().get(200, "/api/ping");
    asNobody().send(204, Request.of("OPTIONS", NOTES));
  }

  @Test
  default void whoHasNotTheRole_is403() {
    as("eve").get(200, NOTES);
    as("eve").post(403, NOTES, "{}");
    as("eve").put(403, NOTES + "/x", "{}");
    as("eve").patch(403, NOTES + "/x", "{}");
    as("eve").delete(403, NOTES + "/x");
    as("eve").post(403, NOTES + "/_bulk", "[]");
    as("nora").get(403, NOTES);
    as("nora").get(403, NOTES + "/x");
    as("nora").post(403, NOTES + "/_query", "{}");
    as("nora").get(200, PUBLIC);
    as("nora").post(201, PUBLIC, "{}");
    as("dora").get(403, NOTES);
    as("dora").get(403, NOTES + "/x/replies");
    as("nora").get(404, "/api/unheard-of");
  }

  @Test
  default void resourceWithoutRules_isDenied_asOthersHaveSome() {
    for (String caller : AccessContract.CALLERS.keySet()) {
      as(caller).get(403, CLOSED);
      as(caller).post(403, CLOSED, "{}");
    }
  }

  @Test
  default void relationToWhatIsDenied_is403() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"folder\": \"f\"}");
    as("ann").get(403, NOTES + "?_expand=secret");
    as("ann").get(403, NOTES + "/x?_expand=secret");
    as("ann").get(403, NOTES + "/x/secret");
    as("ann").get(403, NOTES + "/x/secrets");
    as("ann").get(403, NOTES + "/x?_embed=secrets");
    as("ann").get(403, NOTES + "?_expand=parent.secret");
  }

  @Test
  default void whoMayWriteButNotRead_isShownNothing() {
    Answer created = as("dora").post(201, NOTES, "{\"id\": \"d\", \"text\": \"told\"}");
    assertThat(created.text()).isEmpty();
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    Request patch = Request.of("PATCH", NOTES + "/x");
    Answer patched =
        as("erik")
            .send(
                204,
                patch
                    .body("application/merge-patch+json", "{\"n\": 1}")
                    .header("Prefer", "return=representation"));
    assertThat(patched.text()).isEmpty();
    Request delete = Request.of("DELETE", NOTES + "/x").header("Prefer", "return=representation");
    assertThat(as("erik").send(204, delete).text()).isEmpty();
  }

  @Test
  default void bulk_isByOperation() {
    String operations =
        """
        [{"op": "create", "body": {"id": "d"}}, {"op": "delete", "id": "d"},
         {"op": "replace", "id": "d", "body": {}}, {"op": "update", "id": "d", "body": {}}]
        """;
    Answer results = as("dora").post(200, NOTES + "/_bulk", operations);
    assertThat(results.each("status")).containsExactly("201", "403", "403", "403");
    as("dora").post(transacts() ? 409 : 400, NOTES + "/_bulk?_atomic=true", operations);
  }

  /** Its answer may be told again later, so the caller has to have every right that it needs. */
  @Test
  default void bulk_withAnIdempotencyKey_needsTheRightToEachOperation() {
    String operations =
        """
        [{"op": "create", "body": {"id": "d"}}, {"op": "delete", "id": "d"}]
        """;
    Request bulk = Request.json("POST", NOTES + "/_bulk", operations);
    as("dora").send(403, bulk.header("Idempotency-Key", "\"" + System.nanoTime() + "\""));
    as("root").get(404, NOTES + "/d");
  }

  @Test
  default void put_createsOnlyForWhoMayCreate() {
    Request put = Request.json("PUT", NOTES + "/p", "{}");
    as("dora").send(403, put);
    as("dora").send(201, put.header("If-None-Match", "*"));
    as("eve").send(403, put.header("If-None-Match", "*"));
  }

  @Test
  default void openApi_showsWhatTheCallerMayDo() {
    String nobody = asNobody().get(200, "/openapi.json").text();
    assertThat(nobody).contains("\"/api/public\"").doesNotContain("/api/notes", "/api/closed");
    Answer reader = as("eve").get(200, "/openapi.json");
    assertThat(reader.text())
        .contains("\"/api/notes\"")
        .doesNotContain("createNotesItem", "/api/notes/_bulk");
    Answer writer = as("ann").get(200, "/openapi.json");
    assertThat(writer.text()).contains("\"/api/notes\"", "/api/notes/_bulk");
    assertThat(writer.text()).doesNotContain("/api/closed", "\"secret", "salary");
    assertThat(List.of(reader.need("ETag"))).doesNotContain(writer.need("ETag"));
    assertThat(as("hank").get(200, "/openapi.json").text()).doesNotContain("/api/notes\"");
    assertThat(reader.need("Cache-Control")).contains("private");
  }

  @Test
  default void answers_sayThatTheyAreNotForEveryCache() {
    as("ann").post(201, NOTES, "{\"id\": \"x\"}");
    for (String target : List.of(NOTES, NOTES + "/x")) {
      Answer answer = as("ann").get(200, target);
      assertThat(answer.need("Cache-Control")).contains("private");
      assertThat(answer.header("Vary").orElse("")).contains("Authorization", "X-API-Key");
    }
  }
}
