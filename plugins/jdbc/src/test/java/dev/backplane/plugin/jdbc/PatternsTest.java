package dev.backplane.plugin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {
  @ParameterizedTest
  @CsvSource({
    "abc,        abc",
    "*,          *",
    "abc*,       abc*",
    "*abc,       *abc",
    "*abc*,      *abc*",
    "a*c,        a*c",
    "a*b*c,      a*c",
    "a*b*,       a*",
    "*b*c,       *c",
    "*ab*c*,     *ab*",
    "*a*bcd*e*,  *bcd*",
    "**,         **",
    "***,        *",
    "a**b,       a*b",
  })
  void quick_when_there_are_several_places_to_try_has_one(String pattern, String quick) {
    assertThat(Patterns.quick(pattern)).isEqualTo(quick);
  }
}
