package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CursorCodecTest {
  private static final JsonCodec JSON = TestContext.of(JsonObject.empty(), Path.of("")).json();

  private final CursorCodec strings = codec(KeyType.STRING);
  private final CursorCodec numbers = codec(KeyType.NUMBER);

  @Test
  void read_when_the_cursor_is_ours_gives_the_key() {
    Map<String, AttributeValue> text = Map.of("pk", AttributeValue.fromS("a\"b/ü-漢-😀"));
    assertThat(strings.read(strings.write(text))).isEqualTo(text);
    Map<String, AttributeValue> number = Map.of("pk", AttributeValue.fromN("1.5"));
    assertThat(numbers.read(numbers.write(number))).isEqualTo(number);
  }

  @Test
  void read_when_the_cursor_is_not_ours_refuses_it() {
    for (String made :
        List.of(
            "",
            "null",
            "1",
            "\"a\"",
            "[]",
            "{}",
            "{\"pk\":1}",
            "{\"pk\":null}",
            "{\"pk\":\"\"}",
            "{\"pk\":{\"S\":\"a\"}}",
            "{\"id\":\"a\"}",
            "{\"pk\":\"a\",\"sk\":\"b\"}",
            "{\"pk\":\"" + "x".repeat(3_000) + "\"}")) {
      String cursor = Base64.getUrlEncoder().encodeToString(made.getBytes(StandardCharsets.UTF_8));
      assertRefused(strings, cursor);
    }
    assertRefused(numbers, strings.write(Map.of("pk", AttributeValue.fromS("a"))));
    assertRefused(strings, numbers.write(Map.of("pk", AttributeValue.fromN("1"))));
    assertRefused(strings, "not base64 at all");
  }

  private static void assertRefused(CursorCodec codec, String cursor) {
    assertThatThrownBy(() -> codec.read(cursor))
        .as(cursor)
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
  }

  private static CursorCodec codec(KeyType type) {
    TableSettings table = new TableSettings("users", "pk", type, "_version", "id", true);
    return new CursorCodec(table, new ItemCodec(table), JSON);
  }
}
