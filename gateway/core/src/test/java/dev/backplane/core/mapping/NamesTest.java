package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final List<String> KNOWN =
      List.of("memory", "dynamodb", "jdbc", "s3", "page-size", "max-page-size", "delete", "get");

  @ParameterizedTest
  @CsvSource({
    "memry,memory",
    "memroy,memory",
    "Memory,memory",
    "dynamo-db,dynamodb",
    "dinamodb,dynamodb",
    "dynamo,dynamodb",
    "jdb,jdbc",
    "s4,s3",
    "pagesize,page-size",
    "page_size,page-size",
    "max_page_size,max-page-size",
    "maxPageSize,max-page-size",
    "delte,delete",
    "gte,get",
  })
  void nearest_whenAFewLettersDiffer(String wrong, String meant) {
    assertThat(Names.nearest(wrong, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"redis", "x", "''", "put", "dyna", "memorandum", "mmmmmmmmmmmmmmmmm"})
  void nearest_whenNothingIsNear(String wrong) {
    assertThat(Names.nearest(wrong, KNOWN)).isEmpty();
  }

  @Test
  void nearest_whenTwoAreEquallyNear_takesTheFirst() {
    assertThat(Names.nearest("user", List.of("users", "users-2", "user-s"))).contains("users");
    assertThat(Names.nearest("cat", List.of("cut", "cot"))).contains("cut");
  }

  @Test
  void nearest_whenTheNameIsHuge_isQuick() {
    assertThat(Names.nearest("x".repeat(4_000_000), KNOWN)).isEmpty();
  }

  @Test
  void quoted_whenTheNameIsHostile_isOneShortPlainLine() {
    assertThat(Names.quoted("users")).isEqualTo("\"users\"");
    assertThat(Names.quoted("ü-漢-😀")).isEqualTo("\"ü-漢-😀\"");
    assertThat(Names.quoted("a\nb\u001b[31m\u202Ec\u2028")).isEqualTo("\"a?b?[31m?c?\"");
    assertThat(Names.quoted("😀".repeat(500))).hasSizeLessThan(70).endsWith("…\"");
  }
}
