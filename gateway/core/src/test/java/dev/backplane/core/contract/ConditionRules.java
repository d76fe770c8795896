package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional requests: ETag, If-Match and If-None-Match (RFC 9110, section 13). */
interface ConditionRules extends HttpRules {
  @Test
  default void etag_isStrong_andChangesWithTheItem() {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    String first = get(200, item).need("ETag");
    assertThat(first).matches("\"[\\x21\\x23-\\x7e]+\"");
    assertThat(get(200, item).need("ETag")).isEqualTo(first);
    String second = put(200, item, "{\"n\": 2}").need("ETag");
    String third = patch(200, item, "{\"n\": 3}").need("ETag");
    assertThat(third).isNotIn(first, second).isEqualTo(get(200, item).need("ETag"));
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  default void etag_isAnother_whenAnItemWasDeletedAndCreatedWithAnotherBody() {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    String first = get(200, item).need("ETag");
    delete(204, item);
    assertThat(get(200, create("{\"id\": \"a\", \"n\": 2}")).need("ETag")).isNotEqualTo(first);
  }

  @Test
  default void get_is304_withTheEtag_whenTheClientHasTheItem() {
    String item = create("{\"id\": \"a\"}");
    String tag = get(200, item).need("ETag");
    for (String known :
        new String[] {tag, "W/" + tag, "*", "\"x\", " + tag, "\"x\",W/\"y\"," + tag}) {
      for (String method : new String[] {"GET", "HEAD"}) {
        Answer same = send(304, Request.of(method, item).header("If-None-Match", known));
        assertThat(same.header("ETag")).hasValue(tag);
      }
    }
    send(
        304, Request.of("GET", item).header("If-None-Match", "\"x\"").header("If-None-Match", tag));
    send(200, Request.of("GET", item).header("If-None-Match", "\"x\", W/\"y\""));
    put(200, item, "{\"n\": 2}");
    send(200, Request.of("GET", item).header("If-None-Match", tag));
    send(404, Request.of("GET", THINGS + "/none").header("If-None-Match", tag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  default void write_isDone_whenIfMatchHolds(String method) {
    for (String match : new String[] {"%s", "*", "\"x\", %s", "W/\"y\", %s , \"z\"", ",%s,"}) {
      String item = create("{\"n\": 1}");
      String tag = get(200, item).need("ETag");
      send(success(method), write(method, item).header("If-Match", match.formatted(tag)));
    }
    String item = create("{\"n\": 1}");
    String tag = get(200, item).need("ETag");
    Request twoHeaders = write(method, item).header("If-Match", "\"x\"").header("If-Match", tag);
    send(success(method), twoHeaders);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  default void write_is412_andChangesNothing_whenIfMatchDoesNotHold(String method) {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    String stale = get(200, item).need("ETag");
    String tag = put(200, item, "{\"n\": 2}").need("ETag");
    // If-Match compares strongly, so that a weak tag never matches
    for (String match : new String[] {stale, "W/" + tag, "\"x\"", "\"x\", W/" + tag, "\"\""}) {
      send(412, write(method, item).header("If-Match", match));
    }
    assertThat(get(200, item).header("ETag")).hasValue(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  default void write_is412_whenIfNoneMatchNamesTheItem(String method) {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    String tag = get(200, item).need("ETag");
    for (String match : new String[] {tag, "*", "W/" + tag, "\"x\", " + tag}) {
      send(412, write(method, item).header("If-None-Match", match));
    }
    assertThat(get(200, item).header("ETag")).hasValue(tag);
    send(success(method), write(method, item).header("If-None-Match", "\"x\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  default void write_is404_whateverTheCondition_whenThereIsNoSuchItem(String method) {
    for (String match : new String[] {"*", "\"x\"", "\"x\", \"y\""}) {
      send(404, write(method, THINGS + "/none").header("If-Match", match));
    }
    send(404, write(method, THINGS + "/none").header("If-None-Match", "\"x\""));
    assertThat(get(200, THINGS).items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "\"x",
        "x\"",
        "'x'",
        "W/",
        "W/x",
        "w/\"x\"",
        "\"x\" junk",
        "*, \"x\"",
        "\"x\", *",
        "**"
      })
  default void malformedCondition_is400(String tags) {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    send(400, Request.of("GET", item).header("If-None-Match", tags));
    for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
      send(400, write(method, item).header("If-Match", tags));
      send(400, write(method, item).header("If-None-Match", tags));
    }
    assertThat(get(200, item).member("n")).isEqualTo(HttpRules.json("1"));
  }

  private static int success(String method) {
    return method.equals("DELETE") ? 204 : 200;
  }

  private static Request write(String method, String item) {
    Request request = Request.of(method, item);
    return method.equals("DELETE") ? request : request.body("application/json", "{\"n\": 9}");
  }
}
