package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.core.contract.Client.Feature;
import dev.backplane.spi.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a list answers, whatever was asked for: body, headers, projection, and what is refused. */
interface ListRules extends HttpRules {
  @Test
  default void emptyList_isAnEmptyArray() {
    Answer list = get(200, THINGS);
    assertThat(list.text()).isEqualTo("[]");
    assertThat(list.header("X-Total-Count")).hasValue("0");
    assertThat(list.header("Content-Range")).hasValue("things */0");
    assertThat(list.header("Link")).isEmpty();
  }

  @Test
  default void list_isABareArrayOfWholeItems() {
    create("{\"id\": \"a\", \"o\": {\"x\": [1, null]}}");
    assertThat(get(200, THINGS).json())
        .isEqualTo(HttpRules.json("[{\"id\": \"a\", \"o\": {\"x\": [1, null]}}]"));
  }

  @Test
  default void list_saysHowManyThereAre_andWhichPartThisIs() {
    createMany(12);
    Answer list = get(200, THINGS);
    assertThat(list.items()).hasSize(5);
    assertThat(list.header("X-Total-Count")).hasValue("12");
    assertThat(list.header("Content-Range")).hasValue("things 0-4/12");
    Answer part = get(200, THINGS + "?_start=10&_end=20");
    assertThat(part.items()).hasSize(2);
    assertThat(part.header("X-Total-Count")).hasValue("12");
    assertThat(part.header("Content-Range")).hasValue("things 10-11/12");
    Answer beyond = get(200, THINGS + "?_start=15&_end=20");
    assertThat(beyond.items()).isEmpty();
    assertThat(beyond.header("X-Total-Count")).hasValue("12");
    assertThat(beyond.header("Content-Range")).hasValue("things */12");
  }

  @Test
  default void count_isOfTheItemsThatMatch() {
    createMany(12);
    for (String form : new String[] {"", "&_page=1", "&_page=2&_limit=2", "&_start=0&_end=4"}) {
      Answer list = get(200, THINGS + "?even=true" + form);
      assertThat(list.header("X-Total-Count")).as(form).hasValue("6");
      assertThat(list.need("Content-Range")).as(form).endsWith("/6");
    }
    assertThat(get(200, THINGS + "?even=no").header("X-Total-Count")).hasValue("0");
  }

  @Test
  default void headersOfAList_areExposedToBrowsers() {
    assertThat(get(200, THINGS).words("Access-Control-Expose-Headers"))
        .contains("X-Total-Count", "Content-Range", "Link");
  }

  @Test
  default void fields_projectEachItem() {
    create("{\"id\": \"a\", \"n\": 1, \"o\": {\"x\": 1, \"y\": 2}}");
    create("{\"id\": \"b\", \"m\": 1}");
    List<JsonObject> items = get(200, THINGS + "?_fields=n,o.y").items();
    assertThat(items)
        .containsExactlyInAnyOrder(
            (JsonObject) HttpRules.json("{\"n\": 1, \"o\": {\"y\": 2}}"), JsonObject.empty());
    assertThat(get(200, THINGS + "?_fields=id&n=1").json())
        .isEqualTo(HttpRules.json("[{\"id\": \"a\"}]"));
    assertThat(get(200, THINGS + "?_fields=m&q=b").json())
        .isEqualTo(HttpRules.json("[{\"m\": 1}]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_nonsense=1", "_", "_limits=3", "__limit=3", "_Limit=3"})
  default void unknownWord_is400_andListsTheWordsThatExist(String query) {
    String detail = get(400, THINGS + "?" + query).member("detail").text().orElseThrow();
    assertThat(detail)
        .contains(
            "_cursor", "_end", "_fields", "_limit", "_offset", "_order", "_page", "_sort", "_start",
            "q");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=%", "n=%2", "n=%zz", "%=1", "n=%C3", "n=%ED%A0%80", "_limit=5%"})
  default void malformedPercentEncoding_is400_inAQuery(String query) {
    assumeTrue(client().can(Feature.MALFORMED_URL), "API Gateway answers a malformed URL itself");
    get(400, THINGS + "?" + query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1", ".=1", "a.=1", ".a=1", "a..b=1", ":eq=1", "_fields=.", "_sort=a..b"})
  default void fieldWithoutAName_is400(String query) {
    get(400, THINGS + "?" + query);
  }

  @Test
  default void queryWithTooManyWords_is414() {
    String words =
        String.join("&", IntStream.range(0, 1001).mapToObj(i -> "a" + i + "=1").toList());
    get(414, THINGS + "?" + words);
  }

  @Test
  default void emptyPartsOfAQuery_areOfNoAccount() {
    createMany(2);
    for (String query : new String[] {"?", "?&", "?&&_limit=5&", "?_sort=", "?_fields="}) {
      assertThat(get(200, THINGS + query).items()).as(query).hasSize(2);
    }
  }

  @Test
  default void listThatNeedsMoreThanTheScanLimit_is400_neverAPartOfTheAnswer() {
    assertThat(get(400, FEW + "?_start=25&_end=28").text()).contains("scan-limit", "20");
    get(400, FEW + "?_offset=24&_limit=3");
    get(400, FEW + "?_page=9&_limit=3");
    assertThat(get(200, FEW + "?_start=10&_end=15").items()).hasSize(5);
  }
}
