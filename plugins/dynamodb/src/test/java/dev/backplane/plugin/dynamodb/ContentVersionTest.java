package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ContentVersionTest {
  private static final SdkBytes A = SdkBytes.fromUtf8String("a");
  private static final SdkBytes B = SdkBytes.fromUtf8String("b");

  @Test
  void of_when_the_service_only_writes_it_otherwise_is_the_same() {
    assertThat(version(AttributeValue.fromN("1.10")))
        .isEqualTo(version(AttributeValue.fromN("1.1")));
    assertThat(version(AttributeValue.fromN("1E+2")))
        .isEqualTo(version(AttributeValue.fromN("100")));
    assertThat(version(AttributeValue.fromN("0E+5"))).isEqualTo(version(AttributeValue.fromN("0")));
    assertThat(version(AttributeValue.fromSs(List.of("b", "a"))))
        .isEqualTo(version(AttributeValue.fromSs(List.of("a", "b"))));
    assertThat(version(AttributeValue.fromNs(List.of("10", "9.0"))))
        .isEqualTo(version(AttributeValue.fromNs(List.of("9", "10"))));
    assertThat(version(AttributeValue.fromBs(List.of(B, A))))
        .isEqualTo(version(AttributeValue.fromBs(List.of(A, B))));
    Map<String, AttributeValue> reversed = new LinkedHashMap<>();
    reversed.put("b", AttributeValue.fromBool(true));
    reversed.put("a", AttributeValue.fromNul(true));
    Map<String, AttributeValue> sorted = new LinkedHashMap<>();
    sorted.put("a", AttributeValue.fromNul(true));
    sorted.put("b", AttributeValue.fromBool(true));
    assertThat(ContentVersion.of(reversed)).isEqualTo(ContentVersion.of(sorted));
  }

  @Test
  void of_when_anything_differs_differs() {
    List<Map<String, AttributeValue>> items =
        Stream.of(
                AttributeValue.fromS("1"),
                AttributeValue.fromN("1"),
                AttributeValue.fromN("10"),
                AttributeValue.fromB(SdkBytes.fromUtf8String("1")),
                AttributeValue.fromBool(true),
                AttributeValue.fromBool(false),
                AttributeValue.fromNul(true),
                AttributeValue.fromS(""),
                AttributeValue.fromSs(List.of("1")),
                AttributeValue.fromNs(List.of("1")),
                AttributeValue.fromBs(List.of(A)),
                AttributeValue.fromL(List.of()),
                AttributeValue.fromM(Map.of()),
                AttributeValue.fromL(List.of(AttributeValue.fromS("1"))),
                AttributeValue.fromL(List.of(AttributeValue.fromS("a"), AttributeValue.fromS("b"))),
                AttributeValue.fromL(List.of(AttributeValue.fromS("b"), AttributeValue.fromS("a"))),
                AttributeValue.fromL(List.of(AttributeValue.fromS("ab"))),
                AttributeValue.fromM(Map.of("1", AttributeValue.fromS("1"))))
            .map(value -> Map.of("a", value))
            .collect(Collectors.toList());
    items.add(Map.of());
    items.add(Map.of("b", AttributeValue.fromS("1")));
    items.add(Map.of("ab", AttributeValue.fromS("c")));
    items.add(Map.of("a", AttributeValue.fromS("bc")));

    assertThat(items.stream().map(ContentVersion::of)).doesNotHaveDuplicates();
  }

  @Test
  void of_when_an_earlier_release_gave_it_is_the_same() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("text", AttributeValue.fromS("é".repeat(600)));
    item.put("number", AttributeValue.fromN("-1.50"));
    item.put("set", AttributeValue.fromNs(List.of("20", "3")));
    item.put("map", AttributeValue.fromM(Map.of("binary", AttributeValue.fromB(A))));
    item.put("list", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))));

    assertThat(ContentVersion.of(item)).isEqualTo("dVOtDHoZvetfatJEnhfmjg");
  }

  private static String version(AttributeValue value) {
    return ContentVersion.of(Map.of("a", value));
  }
}
