package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreferencesTest {
  @Test
  void parse_whenThereAreSeveral_findsEach() {
    Preferences preferences =
        parse("Return=minimal; foo=bar, handling = \"lenient\",wait=5, respond-async, ,return=x");

    assertThat(preferences.value("return")).contains("minimal");
    assertThat(preferences.has("handling", "lenient")).isTrue();
    assertThat(preferences.has("handling", "strict")).isFalse();
    assertThat(preferences.value("respond-async")).contains("");
    assertThat(preferences.value("count")).isEmpty();
  }

  @Test
  void header_whenSomethingWasApplied_namesIt() {
    Preferences preferences = parse("return=minimal, count=exact");
    assertThat(preferences.header()).isEmpty();

    preferences.applied("return", "minimal");
    preferences.applied("count", "estimated");
    assertThat(preferences.header()).contains("return=minimal, count=estimated");
  }

  private static Preferences parse(String header) {
    return Preferences.parse(Optional.of(header));
  }
}
