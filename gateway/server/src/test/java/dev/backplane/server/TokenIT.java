package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that were signed for real, and keys that a server gives out, on the running server. */
class TokenIT {
  private static RSAKey first;
  private static RSAKey second;

  @TempDir private Path directory;
  private TokenIssuer issuer;
  private SocketClient client;

  @BeforeAll
  static void makeKeys() throws Exception {
    first = TokenIssuer.key("first");
    second = TokenIssuer.key("second");
  }

  @BeforeEach
  void start() throws Exception {
    issuer = new TokenIssuer(first);
    client = start(new Tokens.Keeping(Duration.ofMinutes(5), Duration.ZERO, Duration.ofHours(1)));
  }

  private SocketClient start(Tokens.Keeping keeping) throws Exception {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        authentication:
          jwt:
            - {issuer: %s, audience: [%s], jwks: "%s"}
        resources:
          notes:
            service: memory
            access:
              roles: {writer: [list, create, get], anyone: [get]}
              owner: {}
        """
            .formatted(TokenIssuer.ISSUER, TokenIssuer.AUDIENCE, issuer.url()));
    return SocketClient.start(mapping, new Callers(keeping));
  }

  @AfterEach
  void stop() {
    client.close();
    issuer.close();
  }

  private Answer list(String token) {
    return client.send(Request.of("GET", "/api/notes").header("Authorization", "Bearer " + token));
  }

  @Test
  void goodToken_isWhoItSays_andHasItsRoles() throws Exception {
    assertThat(issuer.asked()).as("nothing is fetched at the start").isZero();
    String token = TokenIssuer.signed(first, TokenIssuer.claims("ann"));
    Answer created =
        client.send(
            Request.json("POST", "/api/notes", "{}").header("Authorization", "Bearer " + token));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).contains("\"owner\":\"ann\"");
    for (int i = 0; i < 20; i++) {
      assertThat(list(token).status()).isEqualTo(200);
    }
    assertThat(issuer.asked()).as("keys are kept").isEqualTo(1);
    String other = TokenIssuer.signed(first, TokenIssuer.claims("bob"));
    assertThat(list(other).items()).isEmpty();
    String reader = TokenIssuer.signed(first, TokenIssuer.claims("eve").claim("roles", "reader"));
    assertThat(list(reader).status()).isEqualTo(403);
    String several =
        TokenIssuer.signed(first, TokenIssuer.claims("eve").claim("roles", "reader writer"));
    assertThat(list(several).status()).isEqualTo(200);
  }

  @Test
  void badTokens_are401_onWhateverIsAskedFor() throws Exception {
    Map<String, String> tokens = new LinkedHashMap<>();
    Date past = Date.from(Instant.now().minusSeconds(3600));
    Date soon = Date.from(Instant.now().plusSeconds(3600));
    tokens.put("expired", signed(TokenIssuer.claims("ann").expirationTime(past)));
    tokens.put("without an end", signed(TokenIssuer.claims("ann").expirationTime(null)));
    tokens.put("not good yet", signed(TokenIssuer.claims("ann").notBeforeTime(soon)));
    tokens.put("for others", signed(TokenIssuer.claims("ann").audience("others")));
    tokens.put("for nobody", signed(TokenIssuer.claims("ann").audience(List.of())));
    tokens.put("of another issuer", signed(TokenIssuer.claims("ann").issuer("https://evil")));
    tokens.put("of no issuer", signed(TokenIssuer.claims("ann").issuer(null)));
    tokens.put("about nobody", signed(TokenIssuer.claims("")));
    tokens.put("about no subject", signed(TokenIssuer.claims("ann").subject(null)));
    tokens.put(
        "another algorithm",
        TokenIssuer.signed(first, JWSAlgorithm.RS512, TokenIssuer.claims("ann")));
    tokens.put("unsigned", new PlainJWT(TokenIssuer.claims("ann").build()).serialize());
    tokens.put("unsigned by its header", unsigned());
    tokens.put("signed with the public key as a secret", confused());
    tokens.put(
        "a stranger's key with a known name",
        TokenIssuer.signed(
            new RSAKey.Builder(second).keyID("first").build(), TokenIssuer.claims("ann")));
    tokens.put("a key of its own", withItsOwnKey());
    tokens.put("changed", changed());
    tokens.put("no token", "x");
    tokens.put("nothing", "");
    tokens.put("long", "x".repeat(8000));
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      for (String path : List.of("/api/notes", "/api/notes/x", "/api/ping", "/openapi.json")) {
        Answer answer =
            client.send(
                Request.of("GET", path).header("Authorization", "Bearer " + token.getValue()));
        assertThat(answer.status()).as(token.getKey()).isEqualTo(401);
        assertThat(answer.header("Content-Type").orElse("")).isEqualTo("application/problem+json");
        assertThat(answer.header("WWW-Authenticate").orElse(""))
            .startsWith("Bearer ")
            .contains("error=\"invalid_token\"");
      }
    }
  }

  private static String signed(JWTClaimsSet.Builder claims) throws Exception {
    return TokenIssuer.signed(first, claims);
  }

  private static String unsigned() throws Exception {
    String body = signed(TokenIssuer.claims("ann")).split("\\.")[1];
    String header = "{\"alg\":\"none\",\"kid\":\"first\"}";
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + body
        + ".";
  }

  private static String confused() throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build();
    SignedJWT token = new SignedJWT(header, TokenIssuer.claims("ann").build());
    token.sign(new MACSigner(first.toRSAPublicKey().getEncoded()));
    return token.serialize();
  }

  private static String withItsOwnKey() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("first")
            .type(JOSEObjectType.JWT)
            .jwk(second.toPublicJWK())
            .build();
    SignedJWT token = new SignedJWT(header, TokenIssuer.claims("ann").build());
    token.sign(new RSASSASigner(second));
    return token.serialize();
  }

  private static String changed() throws Exception {
    String[] parts = signed(TokenIssuer.claims("ann")).split("\\.");
    String body =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("ann", "bob");
    String other =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(body.getBytes(StandardCharsets.UTF_8));
    return parts[0] + "." + other + "." + parts[2];
  }

  @Test
  void otherCredentials_are401_andSeveral_are400() throws Exception {
    for (String header : List.of("Basic YTpi", "Bearer", "x")) {
      Request request = Request.of("GET", "/api/ping").header("Authorization", header);
      assertThat(client.send(request).status()).as(header).isEqualTo(401);
    }
    Request key = Request.of("GET", "/api/ping").header("X-API-Key", "any");
    assertThat(client.send(key).status()).isEqualTo(401);
    String bearer = "Bearer " + signed(TokenIssuer.claims("ann"));
    Request twice =
        Request.of("GET", "/api/ping")
            .header("Authorization", bearer)
            .header("Authorization", bearer);
    assertThat(client.send(twice).status()).isEqualTo(400);
  }

  @Test
  void clocks_mayBeOffALittle() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(10));
    assertThat(list(signed(TokenIssuer.claims("ann").expirationTime(past))).status())
        .isEqualTo(200);
    Date earlier = Date.from(Instant.now().minusSeconds(45));
    assertThat(list(signed(TokenIssuer.claims("ann").expirationTime(earlier))).status())
        .isEqualTo(401);
  }

  @Test
  void newKey_isFetched_andOldOneForgotten() throws Exception {
    String old = signed(TokenIssuer.claims("ann"));
    assertThat(list(old).status()).isEqualTo(200);
    issuer.publish(second);
    assertThat(list(TokenIssuer.signed(second, TokenIssuer.claims("ann"))).status()).isEqualTo(200);
    assertThat(list(old).status()).isEqualTo(401);
  }

  @Test
  void issuerThatIsDown_isDoneWithout_whileItsKeysAreKnown() throws Exception {
    issuer.down(true);
    String token = signed(TokenIssuer.claims("ann"));
    Answer unavailable = list(token);
    assertThat(unavailable.status()).isEqualTo(503);
    assertThat(unavailable.header("Retry-After")).isPresent();
    assertThat(unavailable.text()).doesNotContain("127.0.0.1");
    issuer.down(false);
    assertThat(list(token).status()).isEqualTo(200);
    issuer.down(true);
    assertThat(list(token).status()).isEqualTo(200);
  }

  @Test
  void unknownKeys_doNotMakeTheGatewayAskWithoutEnd() throws Exception {
    client.close();
    client =
        start(
            new Tokens.Keeping(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofHours(1)));
    String good = signed(TokenIssuer.claims("ann"));
    assertThat(list(good).status()).isEqualTo(200);
    for (int i = 0; i < 30; i++) {
      RSAKey unknown = new RSAKey.Builder(second).keyID("../../keys?" + i).build();
      assertThat(list(TokenIssuer.signed(unknown, TokenIssuer.claims("ann"))).status())
          .isEqualTo(401);
    }
    assertThat(issuer.asked()).isLessThanOrEqualTo(3);
    assertThat(list(good).status()).isEqualTo(200);
  }
}
