package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mapping says of limits and proxies, and what is wrong with it. */
class RateLimitsMappingTest {
  private static MappingReader.Result read(String lines) {
    String yaml = lines + "\nresources: {a: b}\n";
    return MappingReader.read(
        yaml.getBytes(StandardCharsets.UTF_8), Map.of("RATE", "9 in 1h", "BLANK", ""));
  }

  @Test
  void read_whenEveryKeyIsThere_readsEachOfThem() {
    MappingReader.Result result =
        read(
            """
            rate-limits:
              caller: 600 in 1m
              address: ${RATE}
              roles: {partner: 6000 in 1m, a/b: 1 in 1d}
            trusted-proxies: [10.0.0.0/8, 192.0.2.255, "2001:db8::/32", "::1"]
            """);
    assertThat(result.problems()).isEmpty();
    assertThat(result.mapping().rateLimits())
        .isEqualTo(
            new RateLimits(
                Optional.of(new RateLimits.Quota(600, Duration.ofMinutes(1))),
                Map.of(
                    "partner", new RateLimits.Quota(6000, Duration.ofMinutes(1)),
                    "a/b", new RateLimits.Quota(1, Duration.ofDays(1))),
                Optional.of(new RateLimits.Quota(9, Duration.ofHours(1)))));
    assertThat(result.mapping().trustedProxies())
        .containsExactly("10.0.0.0/8", "192.0.2.255", "2001:db8::/32", "::1");
  }

  @Test
  void read_whenNothingIsSaid_limitsNothing() {
    assertThat(read("").mapping().rateLimits()).isEqualTo(RateLimits.NONE);
    assertThat(read("").mapping().trustedProxies()).isEmpty();
    MappingReader.Result blank = read("rate-limits: {caller: \"${BLANK}\"}");
    assertThat(blank.problems()).isEmpty();
    assertThat(blank.mapping().rateLimits()).isEqualTo(RateLimits.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "600",
        "600 in",
        "600/1m",
        "0 in 1m",
        "-1 in 1m",
        "1.5 in 1m",
        "600 in 2d",
        "600 in 500ms",
        "600 in 1500ms",
        "6000000000 in 1m",
        "600 in 1m in 1m",
        "many in 1m",
        "600 IN 1m",
        "[600]"
      })
  void rate_whenItIsNone_isRefused(String rate) {
    for (String key : new String[] {"caller", "address"}) {
      assertThat(read("rate-limits: {" + key + ": " + rate + "}").problems())
          .singleElement()
          .satisfies(problem ->
              assertThat(problem.describe("m"))
                  .contains("\"" + key + "\" should be a number of requests", "600 in 1m"));
    }
    assertThat(read("rate-limits: {roles: {partner: " + rate + "}}").problems()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate-limits: {}                             | "caller" or "address" is needed
          rate-limits: 600 in 1m                      | should be a group
          rate-limits: {callers: 600 in 1m}           | did you mean "caller"?
          rate-limits: {roles: {"a b": 600 in 1m}}    | is not a role's name
          rate-limits: {roles: [a]}                   | should be a group of roles
          trusted-proxies: 10.0.0.0/8                 | should be a list
          trusted-proxies: [proxy.example.com]        | no address or network
          trusted-proxies: [10.0.0.0/33]              | no address or network
          trusted-proxies: [10.0.0.256]               | no address or network
          trusted-proxies: [10.0.0]                   | no address or network
          trusted-proxies: [10.0.0.0.]                | no address or network
          trusted-proxies: ["2001:db8:::/32"]         | no address or network
          trusted-proxies: ["::1/129"]                | no address or network
          """)
  void mistake_whenMade_isExplained(String line, String words) {
    assertThat(read(line).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.describe("m")).contains(words));
  }
}
