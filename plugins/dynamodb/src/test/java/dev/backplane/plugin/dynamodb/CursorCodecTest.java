package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CursorCodecTest {
  private static final JsonCodec JSON = TestContext.of(JsonObject.empty(), Path.of("")).json();

  private static final CursorCodec CODEC = new CursorCodec(JSON);

  private final CursorKeys strings = keys(KeyType.STRING);
  private final CursorKeys numbers = keys(KeyType.NUMBER);
  private final CursorKeys binary = keys(KeyType.BINARY);

  @Test
  void read_when_the_cursor_is_ours_gives_the_place() {
    assertKept(strings, AttributeValue.fromS("a\"b/ü-漢-😀"));
    assertKept(numbers, AttributeValue.fromN("1.5"));
    assertKept(binary, AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {-1, 0, 1})));
    Cursor start = new Cursor("index:by-city", 7, List.of());
    assertThat(CODEC.read(CODEC.write(start))).isEqualTo(start);
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
            "[\"scan\"]",
            "[0,\"scan\"]",
            "[\"scan\",-1]",
            "[\"scan\",1e9]",
            "[\"scan\",\"0\"]")) {
      String cursor = Base64.getUrlEncoder().encodeToString(made.getBytes(StandardCharsets.UTF_8));
      assertRefused(() -> CODEC.read(cursor), made);
    }
    assertRefused(() -> CODEC.read("not base64 at all"), "no base64");
  }

  @Test
  void key_when_it_is_not_of_this_table_is_refused() {
    for (String made :
        List.of(
            "null",
            "[]",
            "{}",
            "{\"pk\":1}",
            "{\"pk\":null}",
            "{\"pk\":\"\"}",
            "{\"pk\":{\"S\":\"a\"}}",
            "{\"id\":\"a\"}",
            "{\"pk\":\"a\",\"sk\":\"b\"}",
            "{\"pk\":\"" + "x".repeat(3_000) + "\"}")) {
      JsonValue mark = JSON.read(made.getBytes(StandardCharsets.UTF_8));
      assertRefused(() -> strings.read(mark), made);
    }
    JsonValue text = strings.write(Map.of("pk", AttributeValue.fromS("a")));
    assertRefused(() -> numbers.read(text), "a text for a number");
    JsonValue number = numbers.write(Map.of("pk", AttributeValue.fromN("1")));
    assertRefused(() -> strings.read(number), "a number for a text");
  }

  private static void assertKept(CursorKeys keys, AttributeValue value) {
    Map<String, AttributeValue> key = Map.of("pk", value);
    Cursor cursor = Cursor.start("scan").at(keys.write(key));
    Cursor read = CODEC.read(CODEC.write(cursor));
    assertThat(read).isEqualTo(cursor);
    assertThat(keys.read(read.marks().get(0))).isEqualTo(key);
  }

  private static void assertRefused(ThrowingCallable read, String what) {
    assertThatThrownBy(read)
        .as(what)
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
  }

  private static CursorKeys keys(KeyType type) {
    return new CursorKeys(List.of(KeyAttribute.partition("pk", type)));
  }
}
