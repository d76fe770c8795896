package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the mapping says of callers, and what is wrong with it. */
class AccessMappingTest {
  private static MappingReader.Result read(String yaml) {
    return MappingReader.read(yaml.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @Test
  void read_whenEveryKeyIsThere_readsEachOfThem() {
    MappingReader.Result result =
        read(
            """
            authentication:
              roles-claim: groups
              jwt:
                - issuer: https://a.example
                  audience: [one, two]
                  jwks: https://a.example/keys
                  algorithms: [ES256]
                  clock-skew: 5s
                - {issuer: b, audience: [one], jwks: keys.json}
              api-keys: api-keys.json
              proxy: {trusted: [10.0.0.0/8, "::1"], subject-header: X-S, roles-header: X-R}
            default-access: authenticated
            resources: {a: b}
            """);
    assertThat(result.problems()).isEmpty();
    assertThat(result.mapping().authentication())
        .contains(
            new Authentication(
                "groups",
                List.of(
                    new Authentication.Jwt(
                        "https://a.example",
                        List.of("one", "two"),
                        "https://a.example/keys",
                        List.of("ES256"),
                        Duration.ofSeconds(5)),
                    new Authentication.Jwt(
                        "b",
                        List.of("one"),
                        "keys.json",
                        List.of("RS256", "ES256"),
                        Duration.ofSeconds(30))),
                Optional.of("api-keys.json"),
                Optional.of(
                    new Authentication.Proxy(
                        List.of("10.0.0.0/8", "::1"), "X-S", Optional.of("X-R")))));
    assertThat(result.mapping().access(result.mapping().resources().get(0)))
        .contains(Access.all("authenticated"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                   | "jwt", "api-keys" and "proxy" is needed
          {jwt: [{issuer: a, audience: [b]}]}                  | "jwks" is missing
          {jwt: [{jwks: a, audience: [b]}]}                    | "issuer" is missing
          {jwt: [{issuer: a, jwks: b}]}                        | "audience" is missing
          {jwt: [{issuer: a, jwks: b, audience: []}]}          | "audience" is missing
          {jwt: [{issuer: a, jwks: 'http://b', audience: [c]}]}| https:// URL
          {jwt: [{issuer: a, jwks: 'ftp://b/c', audience: [c]}]} | https:// URL
          {jwt: [{issuer: a, jwks: b, audience: [c], algorithms: [none]}]}  | RS256
          {jwt: [{issuer: a, jwks: b, audience: [c], algorithms: [HS256]}]} | RS256
          {jwt: [{issuer: a, jwks: b, audience: [c], algorithms: []}]}      | RS256
          {jwt: [{issuer: a, jwks: b, audience: [c], clock-skew: 1h}]}      | clock-skew
          {jwt: {issuer: a}}                                   | "jwt" should be a list of groups
          {proxy: {subject-header: X}}                         | "trusted" is missing
          {proxy: {trusted: [1.2.3.4]}}                        | "subject-header" is missing
          {proxy: {trusted: [proxy.example], subject-header: X}} | no address or network
          {proxy: {trusted: [10.0.0.0/33], subject-header: X}} | no address or network
          {api-keys: a, other: b}                              | not a key of authentication
          """)
  void read_whenAuthenticationIsWrong_saysWhatToChange(String yaml, String message) {
    List<Problem> problems = read("authentication: " + yaml + "\nresources: {a: b}").problems();
    assertThat(problems).isNotEmpty();
    assertThat(problems.toString()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                         | "access" needs "roles"
          {roles: {}}                                | "access" needs "roles"
          {roles: {a: [red]}}                        | not an operation
          {roles: {a: list}}                         | "a" should be a list of operations
          {roles: {'a b': [list]}}                   | not a role's name
          {roles: {a: [list]}, owner: {field: a.b}}  | a member of the item itself
          {roles: {a: [list]}, owner: me}            | "owner" should be
          {roles: {a: [list]}, fields: {a: [hr]}}    | a group with read: or write:
          {roles: {a: [list]}, fields: {id: {read: [hr]}}} | the id
          {roles: {a: [list]}, fields: {a..b: {}}}   | a dot too many
          {roles: {a: [list]}, other: 1}             | not a key of access
          [list]                                     | "access" should be
          """)
  void read_whenAccessIsWrong_saysWhatToChange(String yaml, String message) {
    List<Problem> problems = read("resources: {a: {service: b, access: " + yaml + "}}").problems();
    assertThat(problems).isNotEmpty();
    assertThat(problems.toString()).contains(message);
  }

  @Test
  void read_whenEveryCacheMayKeepWhatNotEverybodyMaySee_isWrong() {
    String access = "access: {roles: {a: [list]}}, cache-control: ";
    assertThat(read("resources: {a: {service: b, " + access + "max-age=5}}").problems()).hasSize(1);
    assertThat(read("resources: {a: {service: b, " + access + "'private, max-age=5'}}").problems())
        .isEmpty();
  }

  @Test
  void access_whenNotSaid_isDeniedAsSoonAsAnyResourceHasRules() {
    Mapping mapping =
        read("resources: {a: b, c: {service: b, access: {roles: {x: [get]}}}}").mapping();
    assertThat(mapping.access(mapping.resources().get(0))).contains(Access.none());
    assertThat(mapping.access(mapping.resources().get(1)).orElseThrow().roles())
        .isEqualTo(Map.of("x", Set.of(Operation.GET)));
    Mapping open = read("resources: {a: b}").mapping();
    assertThat(open.access(open.resources().get(0))).isEmpty();
    Mapping said =
        read("""
        default-access: anyone
        resources: {a: b, c: {service: b, access: {roles: {x: [get]}}}}
        """)
            .mapping();
    assertThat(said.access(said.resources().get(0))).isEmpty();
  }
}
