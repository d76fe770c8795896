package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What caches may keep, and the tags of lists (RFC 9110, RFC 9111). */
interface CachingRules extends HttpRules {
  @Test
  default void answersOfGet_areForTheClientAlone_andAskedForAgain() {
    String item = create("{\"id\": \"a\"}");
    for (String method : new String[] {"GET", "HEAD"}) {
      for (String target : new String[] {item, THINGS, "/api/ping"}) {
        assertThat(send(200, Request.of(method, target)).need("Cache-Control"))
            .isEqualTo("private, no-cache");
      }
    }
    assertThat(post(201, THINGS, "{}").header("Cache-Control")).isEmpty();
    assertThat(get(200, THINGS).words("Vary")).contains("Prefer");
  }

  @Test
  default void cacheControl_isWhatTheMappingSays() {
    String item = createAccount("");
    for (String target : new String[] {item, ACCOUNTS}) {
      Answer answer = get(200, target);
      assertThat(answer.need("Cache-Control")).isEqualTo("private, max-age=5");
      Request again = Request.of("GET", target).header("If-None-Match", answer.need("ETag"));
      assertThat(send(304, again).need("Cache-Control")).isEqualTo("private, max-age=5");
    }
    assertThat(put(200, item, "{\"name\": \"Ann\"}").header("Cache-Control")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/accounts/none", "/api/accounts?_limit=x", "/api/none", "/other"})
  default void problems_areNeverKept(String target) {
    assertThat(send(Request.of("GET", target)).need("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  default void list_is304_whenTheClientHasIt() {
    createMany(3);
    Answer list = get(200, THINGS);
    String tag = list.need("ETag");
    assertThat(tag).matches("W/\"[\\x21\\x23-\\x7e]+\"");
    for (String known : new String[] {tag, tag.substring(2), "*", "\"x\", " + tag}) {
      for (String method : new String[] {"GET", "HEAD"}) {
        Answer same = send(304, Request.of(method, THINGS).header("If-None-Match", known));
        assertThat(same.header("ETag")).hasValue(tag);
        assertThat(same.header("X-Total-Count")).hasValue("3");
      }
    }
    assertThat(send(200, Request.of("HEAD", THINGS)).header("ETag")).hasValue(tag);
    get(200, THINGS);
    send(200, Request.of("GET", THINGS).header("If-None-Match", "\"x\""));
    send(400, Request.of("GET", THINGS).header("If-None-Match", "x"));
  }

  @Test
  default void tagOfAList_changesWithWhatIsInIt_andWithHowMuchThereIs() {
    createMany(3);
    String tag = get(200, THINGS + "?_limit=2").need("ETag");
    assertThat(get(200, THINGS + "?_limit=1").need("ETag")).isNotEqualTo(tag);
    patch(200, THINGS + "/a00", "{\"n\": 7}");
    String changed = get(200, THINGS + "?_limit=2").need("ETag");
    assertThat(changed).isNotEqualTo(tag);
    create("{\"id\": \"z\"}");
    assertThat(get(200, THINGS + "?_limit=2").need("ETag")).isNotEqualTo(changed);
  }
}
