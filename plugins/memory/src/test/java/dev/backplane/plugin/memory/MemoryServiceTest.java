package dev.backplane.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Query;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryServiceTest {
  private static final JsonObject ITEMS_FILE = JsonObject.of("items", new JsonString("items.json"));

  @TempDir Path directory;

  @Test
  void open_when_the_example_is_named_serves_both_mocks() {
    Store store =
        new MemoryService()
            .open(
                TestContext.of(
                    JsonObject.of("items", new JsonString("examples/mocks.json")),
                    Path.of("").toAbsolutePath()));
    assertThat(ids(store.list(Query.first(25)).items())).containsExactly("000-1", "000-2");
    assertThat(store.get("000-2").orElseThrow().body().get("value")).contains(JsonNumber.of(20));
  }

  @Test
  void open_when_nothing_is_set_has_no_items() {
    Store store = new MemoryService().open(TestContext.of(JsonObject.empty(), directory));
    assertThat(store.list(Query.first(25)).items()).isEmpty();
  }

  @Test
  void open_when_ids_are_numbers_keeps_their_type() throws IOException {
    Store store = open("[{\"id\": 12, \"a\": 1}, {\"id\": \"x\"}]");
    assertThat(store.get("12").orElseThrow().body().get("id")).contains(JsonNumber.of(12));
  }

  @Test
  void open_when_the_id_field_has_another_name_takes_it() throws IOException {
    Files.writeString(directory.resolve("items.json"), "[{\"id\": 1, \"code\": \"A\"}]");
    Store store =
        new MemoryService().open(TestContext.of(ITEMS_FILE, directory).withIdField("code"));
    assertThat(ids(store.list(Query.first(25)).items())).containsExactly("A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"id": 1},]                   | is not JSON: Not JSON at line 1, column 12
          [{"id": 1, "id": 2}]           | is not JSON
          ``                             | is not JSON
          {"id": 1}                      | is not a JSON array of objects
          null                           | is not a JSON array of objects
          [{"id": 1}, 2]                 | element 1 (from 0) is not an object
          [{"id": 1}, {"ID": 2}]         | element 1 (from 0) lacks the id field id
          [{"id": null}]                 | id field id of element 0 (from 0) is neither a text nor
          [{"id": ""}]                   | id field id of element 0 (from 0) is neither a text nor
          [{"id": true}]                 | id field id of element 0 (from 0) is neither a text nor
          [{"id": {}}]                   | id field id of element 0 (from 0) is neither a text nor
          [{"id": 1},{"id":2},{"id":"1"}]| element 2 (from 0) has the id of an earlier element
          """)
  void open_when_the_file_is_broken_says_what_is_wrong(String content, String message)
      throws IOException {
    assertThatThrownBy(() -> open(content))
        .isInstanceOfSatisfying(
            SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo("items"))
        .hasMessageStartingWith("names a file ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("items.json");
  }

  @Test
  void open_when_the_file_is_not_utf8_says_so() throws IOException {
    Files.write(directory.resolve("items.json"), new byte[] {'[', '"', (byte) 0xE4, '"', ']'});
    assertWrong(ITEMS_FILE, "items", "names a file that is not JSON: The text is not UTF-8.");
  }

  @Test
  void open_when_there_is_no_such_file_says_so() {
    assertWrong(
        ITEMS_FILE,
        "items",
        "names a file that does not exist; a relative path starts at the mapping's directory");
  }

  @Test
  void open_when_the_file_is_a_directory_says_so() throws IOException {
    Files.createDirectory(directory.resolve("items.json"));
    assertWrong(ITEMS_FILE, "items", "names a directory, not a JSON file");
  }

  @Test
  void open_when_the_file_has_too_many_items_says_so() throws IOException {
    Files.writeString(directory.resolve("items.json"), "[{\"id\": 1}, {\"id\": 2}]");
    assertWrong(
        ITEMS_FILE.with("max-items", JsonNumber.of(1)),
        "items",
        "names a file of more than max-items items: shorten it or raise max-items");
  }

  @Test
  void open_when_max_items_is_no_such_number_says_so() {
    assertWrong(
        JsonObject.of("max-items", JsonNumber.of(0)),
        "max-items",
        "should be a whole number from 1 to 10000000");
  }

  private Store open(String content) throws IOException {
    Files.writeString(directory.resolve("items.json"), content);
    return new MemoryService().open(TestContext.of(ITEMS_FILE, directory));
  }

  private void assertWrong(JsonObject settings, String key, String message) {
    assertThatThrownBy(() -> new MemoryService().open(TestContext.of(settings, directory)))
        .isInstanceOfSatisfying(
            SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo(key))
        .hasMessage(message);
  }

  private static List<String> ids(List<Item> items) {
    return items.stream().map(Item::id).toList();
  }
}
