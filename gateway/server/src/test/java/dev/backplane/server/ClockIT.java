package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.jwk.RSAKey;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock of the machine jumps under the built server. {@code BACKPLANE_TEST_FAKETIME} names the
 * library that does it, libfaketime; without it there are only the unit tests of each part that
 * asks for the time.
 */
@Timeout(120)
class ClockIT {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private static Path directory;
  private static RSAKey key;
  private static TokenIssuer issuer;
  private static ServerProcess server;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> library = Optional.ofNullable(System.getenv("BACKPLANE_TEST_FAKETIME"));
    assumeTrue(library.isPresent(), "nobody asked for it");
    assertThat(Path.of(library.get())).exists();
    key = TokenIssuer.key("first");
    issuer = new TokenIssuer(key);
    token = token("writer");
    Files.writeString(
        directory.resolve("mapping.yaml"),
        """
        authentication: {jwt: [{issuer: %s, audience: [%s], jwks: "%s"}]}
        rate-limits: {roles: {limited: 2 in 1h}}
        resources: {notes: memory, kept: memory}
        idempotency: {resource: kept, expires-after: 1h}
        """
            .formatted(TokenIssuer.ISSUER, TokenIssuer.AUDIENCE, issuer.url()));
    jump(Duration.ZERO);
    server =
        ServerProcess.serve(
            directory,
            Map.of(
                "LD_PRELOAD",
                library.get(),
                "FAKETIME_TIMESTAMP_FILE",
                clock().toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1"));
  }

  @AfterEach
  void setAgain() throws Exception {
    jump(Duration.ZERO);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      issuer.close();
    }
  }

  private static Path clock() {
    return directory.resolve("clock.txt");
  }

  /** Sets the server's clock to so long after the time that it is. */
  private static void jump(Duration offset) throws Exception {
    Path next =
        Files.writeString(directory.resolve("next.txt"), "%+d".formatted(offset.toSeconds()));
    Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return get(path, token);
  }

  private static HttpResponse<String> get(String path, String as) throws Exception {
    return ServerProcess.send(
        HttpRequest.newBuilder(server.url().resolve(path))
            .header("Authorization", "Bearer " + as)
            .build());
  }

  private static HttpResponse<String> create(String idempotencyKey) throws Exception {
    return ServerProcess.send(
        HttpRequest.newBuilder(server.url().resolve("/api/notes"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", '"' + idempotencyKey + '"')
            .POST(BodyPublishers.ofString("{}"))
            .build());
  }

  /** One that is good for three days. */
  private static String token(String role) throws Exception {
    return TokenIssuer.signed(
        key,
        TokenIssuer.claims(role)
            .claim("roles", List.of(role))
            .expirationTime(Date.from(Instant.now().plus(DAY.multipliedBy(3)))));
  }

  @Test
  void token_ends_by_the_clock_as_it_is_now() throws Exception {
    assertThat(get("/api/notes").statusCode()).isEqualTo(200);
    jump(DAY.multipliedBy(4));
    assertThat(get("/api/notes").statusCode()).isEqualTo(401);
    jump(DAY.negated());
    assertThat(get("/api/notes").statusCode()).isEqualTo(200);
  }

  @Test
  void quota_fills_with_the_time_that_passes_and_not_with_the_clock() throws Exception {
    String limited = token("limited");
    for (int status : new int[] {200, 200, 429}) {
      assertThat(get("/api/notes", limited).statusCode()).isEqualTo(status);
    }
    jump(DAY);
    assertThat(get("/api/notes", limited).statusCode()).isEqualTo(429);
    jump(DAY.negated());
    assertThat(get("/api/notes", limited).statusCode()).isEqualTo(429);
  }

  @Test
  void key_is_remembered_though_the_clock_goes_back() throws Exception {
    int before = count();
    String id = create("mine").body();
    jump(Duration.ofMinutes(-30));
    assertThat(create("mine").body()).isEqualTo(id);
    assertThat(create("other").statusCode()).isEqualTo(201);
    jump(Duration.ZERO);
    assertThat(create("mine").body()).isEqualTo(id);
    assertThat(count()).isEqualTo(before + 2);
  }

  private static int count() throws Exception {
    String header = get("/api/notes?_limit=1").headers().firstValue("X-Total-Count").orElseThrow();
    return Integer.parseInt(header);
  }

  @Test
  void requests_are_answered_while_the_clock_jumps() throws Exception {
    for (int jump = -3; jump <= 3; jump++) {
      jump(Duration.ofSeconds(jump * 7L));
      for (int i = 0; i < 20; i++) {
        assertThat(get("/api/notes?_limit=1").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void cursor_ends_by_the_clock_and_is_good_again_with_it() throws Exception {
    create("first");
    create("second");
    String next = get("/api/notes?_limit=1&_sort=id").headers().firstValue("Link").orElseThrow();
    Matcher cursor = Pattern.compile("_cursor=([^&>]+)").matcher(next);
    assertThat(cursor.find()).as(next).isTrue();
    String page = "/api/notes?_limit=1&_sort=id&_cursor=" + cursor.group(1);
    assertThat(get(page).statusCode()).isEqualTo(200);
    jump(DAY.multipliedBy(2));
    assertThat(get(page).statusCode()).isEqualTo(400);
    jump(DAY.negated());
    assertThat(get(page).statusCode()).isEqualTo(200);
  }
}
