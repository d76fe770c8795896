package dev.backplane.server;

import static dev.backplane.server.AbusedServer.sends;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that are made up, or to cost much. */
@Timeout(120)
class AbuseOfCredentialsIT {
  private static final String ISSUED =
      "\"iss\":\""
          + TokenIssuer.ISSUER
          + "\",\"aud\":\"backplane\",\"sub\":\"a\",\"exp\":99999999999";

  private static RSAKey key;
  private static TokenIssuer issuer;
  private static AbusedServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    key = TokenIssuer.key("first");
    issuer = new TokenIssuer(key);
    server = AbusedServer.start(directory, issuer.url(), AbuseOfCredentialsIT.class);
  }

  @AfterAll
  static void stop() throws Exception {
    issuer.close();
    try (AbusedServer ending = server) {
      ending.requireAsBefore(16);
    }
  }

  private static String token(String header, String claims) {
    return encoded(header) + "." + encoded(claims) + "." + encoded("signature");
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tokens_that_are_none_are_refused() throws Exception {
    String rs256 = "{\"alg\":\"RS256\",\"kid\":\"first\"}";
    String good = TokenIssuer.signed(key, TokenIssuer.claims("ann"));
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("alg none", token("{\"alg\":\"none\"}", "{" + ISSUED + "}"));
    tokens.put("alg None", token("{\"alg\":\"None\"}", "{" + ISSUED + "}"));
    tokens.put(
        "alg none without a signature",
        encoded("{\"alg\":\"none\"}") + "." + encoded("{" + ISSUED + "}") + ".");
    tokens.put("alg HS256", token("{\"alg\":\"HS256\",\"kid\":\"first\"}", "{" + ISSUED + "}"));
    tokens.put(
        "a path as kid",
        token("{\"alg\":\"RS256\",\"kid\":\"../../../dev/null\"}", "{" + ISSUED + "}"));
    tokens.put(
        "SQL as kid", token("{\"alg\":\"RS256\",\"kid\":\"x' or '1'='1\"}", "{" + ISSUED + "}"));
    tokens.put(
        "a key of its own",
        token("{\"alg\":\"RS256\",\"jwk\":" + key.toPublicJWK() + "}", "{" + ISSUED + "}"));
    tokens.put(
        "a place of keys",
        token(
            "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:1/\",\"x5u\":\"file:///etc/passwd\"}",
            "{" + ISSUED + "}"));
    tokens.put(
        "crit", token("{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}", "{" + ISSUED + "}"));
    tokens.put(
        "claims of 4,000 levels",
        token(rs256, "{" + ISSUED + ",\"a\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}"));
    tokens.put(
        "header of 4,000 levels",
        token(
            "{\"alg\":\"RS256\",\"a\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}",
            "{" + ISSUED + "}"));
    tokens.put(
        "a number of 9,000 digits",
        token(rs256, "{" + ISSUED + ",\"nbf\":1" + "0".repeat(9_000) + "}"));
    tokens.put(
        "an exponent",
        token(rs256, "{\"iss\":\"https://issuer.example\",\"sub\":\"a\",\"exp\":1e999999999}"));
    tokens.put(
        "a compressed JWE",
        encoded("{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}")
            + ".."
            + encoded("iv")
            + "."
            + "A".repeat(9_000)
            + "."
            + encoded("tag"));
    tokens.put("dots", ".".repeat(9_000));
    tokens.put("14 KB", "A".repeat(14_000));
    tokens.put(
        "expired",
        TokenIssuer.signed(
            key, TokenIssuer.claims("ann").expirationTime(Date.from(Instant.EPOCH))));
    tokens.put("without a signature", good.substring(0, good.lastIndexOf('.') + 1));
    tokens.put("another signature", good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(342));
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      byte[] get = Bytes.get("/api/good/1", "Authorization: Bearer " + token.getValue());
      assertThat(server.attack("token: " + token.getKey(), 8, 10, sends(get)))
          .containsOnlyKeys(401);
    }
    byte[] large = Bytes.get("/api/good/1", "Authorization: Bearer " + "A".repeat(Bytes.MB));
    assertThat(server.attack("token of 1 MB", 8, 5, sends(large))).containsOnlyKeys(431);
    assertThat(
            server.attack(
                "a good token",
                8,
                10,
                sends(Bytes.get("/api/good/1", "Authorization: Bearer " + good))))
        .containsOnlyKeys(200);
    assertThat(issuer.asked()).as("how often keys were fetched").isLessThanOrEqualTo(3);
  }

  @Test
  void other_credentials_that_are_none_are_refused() throws Exception {
    String[] headers = {
      "X-API-Key: " + "k".repeat(14_000),
      "X-API-Key: ",
      "X-API-Key: ' or 1=1 --",
      "Authorization: Basic YWRtaW46YWRtaW4=",
      "Authorization: Bearer",
      "Authorization: Negotiate " + "A".repeat(9_000),
    };
    for (String header : headers) {
      byte[] get = Bytes.get("/api/good/1", header);
      assertThat(
              server.attack(header.substring(0, Math.min(30, header.length())), 8, 10, sends(get)))
          .containsOnlyKeys(401);
    }
    String[] several = {"X-API-Key: a", "X-API-Key: b", "Authorization: Bearer a"};
    assertThat(
            server.attack("several credentials", 8, 10, sends(Bytes.get("/api/good/1", several))))
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 401));
  }
}
