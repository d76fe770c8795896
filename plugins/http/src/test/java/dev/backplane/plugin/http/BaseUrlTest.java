package dev.backplane.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links, and where they lead. */
class BaseUrlTest {
  private static final String FROM = "/v1/people?page=1";

  @ParameterizedTest
  @CsvSource({
    "?page=2, /v1/people?page=2",
    "/v1/people?page=2, /v1/people?page=2",
    "people?page=2, /v1/people?page=2",
    "/v1/other?page=2, /v1/other?page=2",
    "https://api.example.com/v1/people?page=2, /v1/people?page=2",
    "HTTPS://API.EXAMPLE.COM/v1/people?page=2, /v1/people?page=2",
    "https://api.example.com:443/v1/people?page=2, /v1/people?page=2",
    "http://api.example.com/v1/people?page=2, /v1/people?page=2",
    "//api.example.com/v1/people?page=2, ",
    "https://api.example.com:8443/v1/people?page=2, ",
    "https://api.example.com.evil.example/v1/people, ",
    "https://api.example.com@evil.example/v1/people, ",
    "https://evil.example/v1/people, ",
    "/v2/people, ",
    "/v1evil/people, ",
    "/v1/../v2, ",
    "/v1/%2e%2e/v2, ",
    "/v1/..;/v2, ",
    "/v1/%252e%252e/v2, ",
    "/v1//people, ",
    "../v2, ",
    "javascript:alert(1), ",
    "'  ?page=2 ', /v1/people?page=2"
  })
  void follow_stays_in_the_base(String link, String target) {
    BaseUrl base =
        BaseUrl.read(
            Settings.of(Stores.json("{'url': 'https://api.example.com/v1/'}"), Path.of("")), "url");
    assertThat(base.follow(FROM, link)).isEqualTo(Optional.ofNullable(target));
  }

  @Test
  void next_finds_the_link_among_others() {
    assertThat(
            Links.next(
                List.of(
                    "<https://a/?x=1,2>; rel=\"first\"; title=\"a, <b>; c\"",
                    "<?p=1>;rel=prev , <?p=2>; title=x; REL=\"last Next\"")))
        .contains("?p=2");
    assertThat(Links.next(List.of("<?p=2>; rel=nextish", "<?p=3>", "nonsense"))).isEmpty();
    assertThat(Links.next(List.of("<?p=2>; rel=next"))).contains("?p=2");
    assertThat(Links.next(List.of("<?p=1>; title=\"; rel=next\"; rel=prev"))).isEmpty();
    assertThat(Links.next(List.of("<?p=1>; rel=prev; rel=next, <?p=2>; rel = \"next\" ")))
        .contains("?p=2");
    assertThat(Links.next(List.of("", "<", "<>", ">;rel=next", "<?p=2>; rel=\"next")))
        .contains("?p=2");
    assertThat(Links.next(List.of("<".repeat(10_000), ";a".repeat(10_000)))).isEmpty();
  }
}
