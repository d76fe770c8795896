package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that somebody made who has no right to, on the running server with two issuers. */
class TokenAttackIT {
  private static final String OTHER_ISSUER = "https://other.example";

  private static RSAKey good;
  private static RSAKey other;

  @TempDir private Path directory;
  private TokenIssuer issuer;
  private TokenIssuer second;
  private SocketClient client;

  @BeforeAll
  static void makeKeys() throws Exception {
    good = TokenIssuer.key("good");
    other = TokenIssuer.key("other");
  }

  @BeforeEach
  void start() throws Exception {
    issuer = new TokenIssuer(good);
    second = new TokenIssuer(other);
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        authentication:
          jwt:
            - {issuer: %s, audience: [backplane], jwks: "%s"}
            - {issuer: %s, audience: [others], jwks: "%s"}
        resources:
          notes: {service: memory, access: {roles: {writer: [list, create]}, owner: {}}}
        """
            .formatted(TokenIssuer.ISSUER, issuer.url(), OTHER_ISSUER, second.url()));
    client = SocketClient.start(mapping);
  }

  @AfterEach
  void stop() {
    client.close();
    issuer.close();
    second.close();
  }

  private Answer list(String token) {
    return client.send(Request.of("GET", "/api/notes").header("Authorization", "Bearer " + token));
  }

  private static JWTClaimsSet.Builder claims() {
    return TokenIssuer.claims("ann");
  }

  @Test
  void tokenOfAnotherKind_is401() throws Exception {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(
        "a type that is none of access tokens",
        TokenIssuer.signed(
            good, header -> header.keyID("good").type(new JOSEObjectType("dpop+jwt"))));
    tokens.put(
        "a critical header that nobody knows",
        raw("{\"alg\":\"RS256\",\"kid\":\"good\",\"crit\":[\"exp2\"],\"exp2\":1}"));
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      tokens.put("alg " + none, raw("{\"alg\":\"" + none + "\",\"kid\":\"good\"}"));
    }
    tokens.put("no header", raw("null"));
    byte[] pem = Base64.getMimeEncoder().encode(good.toRSAPublicKey().getEncoded());
    for (byte[] secret :
        List.of(
            good.toRSAPublicKey().getEncoded(),
            pem,
            good.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8))) {
      SignedJWT confused =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("good").build(), claims().build());
      confused.sign(new MACSigner(secret));
      tokens.put("the public key as a secret, " + secret.length, confused.serialize());
    }
    JWEObject sealed =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM),
            new Payload(claims().build().toJSONObject()));
    sealed.encrypt(new RSAEncrypter(good));
    tokens.put("encrypted and not signed", sealed.serialize());
    JWSObject text =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("good").build(), new Payload("[]"));
    text.sign(new RSASSASigner(good));
    tokens.put("no claims", text.serialize());
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      Answer answer = list(token.getValue());
      assertThat(answer.status()).as(token.getKey()).isEqualTo(401);
      assertThat(answer.text()).doesNotContain("xception", "RSA", "nimbus");
    }
  }

  /** A good token with another header: the signature is that of the first. */
  private static String raw(String header) throws Exception {
    String[] parts = TokenIssuer.signed(good, builder -> builder.keyID("good")).split("\\.");
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8));
    return encoded + "." + parts[1] + "." + parts[2];
  }

  @Test
  void issuer_cannotSpeakForAnother_norForAnotherAudience() throws Exception {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("the other's key", TokenIssuer.signed(other, claims()));
    tokens.put(
        "the other's key under a known name",
        TokenIssuer.signed(new RSAKey.Builder(other).keyID("good").build(), claims()));
    tokens.put(
        "the first's key for the other",
        TokenIssuer.signed(good, claims().issuer(OTHER_ISSUER).audience("others")));
    tokens.put("the other's audience", TokenIssuer.signed(good, claims().audience("others")));
    tokens.put(
        "the first's audience",
        TokenIssuer.signed(other, claims().issuer(OTHER_ISSUER).audience("backplane")));
    for (String spelled :
        List.of(
            TokenIssuer.ISSUER + "/",
            TokenIssuer.ISSUER.toUpperCase(Locale.ROOT),
            TokenIssuer.ISSUER + "\u0000",
            " " + TokenIssuer.ISSUER)) {
      tokens.put("issuer " + spelled, TokenIssuer.signed(good, claims().issuer(spelled)));
    }
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      assertThat(list(token.getValue()).status()).as(token.getKey()).isEqualTo(401);
    }
    String right =
        TokenIssuer.signed(
            other, claims().issuer(OTHER_ISSUER).audience(List.of("else", "others")));
    assertThat(list(right).status()).isEqualTo(200);
  }

  @Test
  void tokenAnywhereElse_isNobodys() throws Exception {
    String token = TokenIssuer.signed(good, claims());
    for (String name : List.of("access_token", "token", "jwt", "Authorization")) {
      Request query = Request.of("GET", "/api/notes?" + name + "=" + token);
      assertThat(client.send(query).status()).isIn(400, 401);
      Request cookie = Request.of("GET", "/api/notes").header("Cookie", name + "=" + token);
      assertThat(client.send(cookie).status()).isEqualTo(401);
      Request header = Request.of("GET", "/api/notes").header("X-" + name, token);
      assertThat(client.send(header).status()).isEqualTo(401);
    }
    Request form =
        Request.of("POST", "/api/notes")
            .header("Content-Type", "application/x-www-form-urlencoded");
    assertThat(client.send(form).status()).isEqualTo(401);
  }

  /** Roles come from the claim that the mapping names, and from nowhere else. */
  @Test
  void claimsThatLookLikeRoles_areNone() throws Exception {
    JWTClaimsSet.Builder none =
        claims().claim("roles", null).claim("role", "writer").claim("scope", "writer");
    assertThat(list(TokenIssuer.signed(good, none)).status()).isEqualTo(403);
    JWTClaimsSet.Builder nested = claims().claim("roles", Map.of("writer", true));
    assertThat(list(TokenIssuer.signed(good, nested)).status()).isEqualTo(403);
  }
}
