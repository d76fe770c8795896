package dev.backplane.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleEventsTest {
  @Test
  void of_whenRequestIsGiven_hasItInEveryKindOfEvent() {
    assertThat(SampleEvents.of("POST", "/api/notes", "a=b", "{"))
        .hasSize(3)
        .allSatisfy(
            event -> assertThat(event).contains("\"POST\"", "\"/api/notes\"", "\"body\":\"{\""))
        .doesNotHaveDuplicates();
  }
}
