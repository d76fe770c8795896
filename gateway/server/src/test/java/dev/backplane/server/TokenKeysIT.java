package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of tokens come from where the mapping says, whatever a token or a server says of them. */
class TokenKeysIT {
  private static RSAKey good;
  private static RSAKey evil;

  @TempDir private Path directory;
  private TokenIssuer issuer;
  private HttpServer lure;
  private final AtomicInteger lured = new AtomicInteger();
  private SocketClient client;

  @BeforeAll
  static void makeKeys() throws Exception {
    good = TokenIssuer.key("good");
    evil = TokenIssuer.key("good"); // calls itself as the good one
  }

  @BeforeEach
  void start() throws Exception {
    issuer = new TokenIssuer(good);
    lure = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lure.createContext(
        "/",
        exchange -> {
          lured.incrementAndGet();
          exchange.getResponseHeaders().set("Location", issuer.url());
          byte[] keys =
              ("{\"keys\":[" + evil.toPublicJWK() + "]}").getBytes(StandardCharsets.UTF_8);
          boolean redirects = exchange.getRequestURI().getPath().equals("/redirect");
          exchange.sendResponseHeaders(redirects ? 302 : 200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    lure.start();
    client = start(issuer.url());
  }

  private SocketClient start(String keys) throws IOException {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        authentication: {jwt: [{issuer: %s, audience: [%s], jwks: "%s"}]}
        resources: {notes: {service: memory, access: {roles: {writer: [list]}}}}
        """
            .formatted(TokenIssuer.ISSUER, TokenIssuer.AUDIENCE, keys));
    return SocketClient.start(mapping);
  }

  @AfterEach
  void stop() {
    client.close();
    issuer.close();
    lure.stop(0);
  }

  private String lureAt(String path) {
    return "http://127.0.0.1:" + lure.getAddress().getPort() + path;
  }

  private Answer list(String token) {
    return client.send(Request.of("GET", "/api/notes").header("Authorization", "Bearer " + token));
  }

  private static JWTClaimsSet.Builder claims() {
    return TokenIssuer.claims("ann");
  }

  @Test
  void tokenThatSaysWhereItsKeyIs_is401_andNobodyLooksThere() throws Exception {
    URI keys = URI.create(lureAt("/keys"));
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("jku", TokenIssuer.signed(evil, header -> header.keyID("good").jwkURL(keys)));
    tokens.put(
        "jku and another kid", TokenIssuer.signed(evil, header -> header.keyID("x").jwkURL(keys)));
    tokens.put("x5u", TokenIssuer.signed(evil, header -> header.keyID("good").x509CertURL(keys)));
    tokens.put("kid as a URL", TokenIssuer.signed(evil, header -> header.keyID(keys.toString())));
    tokens.put(
        "kid as a path", TokenIssuer.signed(evil, header -> header.keyID("../../../../dev/null")));
    tokens.put(
        "kid as SQL", TokenIssuer.signed(evil, header -> header.keyID("x' UNION SELECT 'k' --")));
    tokens.put("no kid", TokenIssuer.signed(evil, header -> header));
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      assertThat(list(token.getValue()).status()).as(token.getKey()).isEqualTo(401);
    }
    assertThat(lured).hasValue(0);
    assertThat(list(TokenIssuer.signed(good, header -> header.keyID("good"))).status())
        .isEqualTo(200);
  }

  @Test
  void redirectOfKeys_isNotFollowed() throws Exception {
    client.close();
    client = start(lureAt("/redirect"));
    String token = TokenIssuer.signed(good, claims());
    int before = issuer.asked();
    Answer answer = list(token);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).doesNotContain("127.0.0.1");
    assertThat(lured).hasPositiveValue();
    assertThat(issuer.asked()).isEqualTo(before);
  }

  @Test
  void keysFromElsewhereThanHttps_stopTheStart() throws Exception {
    for (String keys :
        List.of(
            "http://login.example.com/keys",
            "http://169.254.169.254/latest",
            "ftp://127.0.0.1/keys",
            "gopher://127.0.0.1/keys",
            "jar:https://login.example.com/x.jar!/keys")) {
      Path mapping = directory.resolve("wrong.yaml");
      Files.writeString(
          mapping,
          """
          authentication: {jwt: [{issuer: a, audience: [b], jwks: "%s"}]}
          resources: {notes: memory}
          """
              .formatted(keys));
      ServerProcess.Finished refused = ServerProcess.run(directory, "validate", mapping.toString());
      assertThat(refused.exitCode()).as(keys).isEqualTo(2);
      assertThat(refused.errors()).contains("wrong.yaml:1:").doesNotContain("Exception");
    }
  }

  /** What an attacker sends in great number costs no call of the issuer's. */
  @Test
  void manyBadTokens_leaveTheIssuerAlone_andGoodOnesWork() throws Exception {
    for (int i = 0; i < 200; i++) {
      String kid = "k" + i;
      assertThat(list(TokenIssuer.signed(evil, header -> header.keyID(kid))).status())
          .isEqualTo(401);
    }
    assertThat(issuer.asked()).isLessThanOrEqualTo(2);
    assertThat(list(TokenIssuer.signed(good, claims())).status()).isEqualTo(200);
  }
}
