package dev.backplane.core.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationNamesTest {
  @ParameterizedTest
  @CsvSource({
    "users, Users",
    "user-accounts, UserAccounts",
    "order_items, Order_items",
    "2024-sales, 2024Sales",
    "a-1, A-1",
    "a1, A1",
    "a-, A-",
    "a--b, A-B"
  })
  void name_isMadeOfTheResources(String resource, String name) {
    assertThat(OperationNames.of(resource)).isEqualTo(name);
  }

  @Test
  void name_isAnotherForEachResource() {
    List<String> resources = new ArrayList<>(List.of("a", "1"));
    for (int from = 0, length = 1; length < 6; length++) {
      int to = resources.size();
      for (int i = from; i < to; i++) {
        for (char c : "ab1_-".toCharArray()) {
          resources.add(resources.get(i) + c);
        }
      }
      from = to;
    }
    assertThat(resources).hasSizeGreaterThan(7000);
    assertThat(resources.stream().map(OperationNames::of)).doesNotHaveDuplicates();
  }
}
