package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.backplane.core.Authentication.Jwt;
import dev.backplane.core.Authenticator.RefusedException;
import dev.backplane.core.Identity;
import dev.backplane.core.fuzz.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a token is good only when it is signed, and says what it should. An input is a
 * header in one line and claims behind it, or without a line break a token.
 */
class TokenFuzzTest {
  private static final ECKey KEY = key();
  private static final Tokens TOKENS = tokens();

  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(TokenFuzzTest.class, TokenFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    if (parts.length < 2) {
      assertRefused(parts[0]);
      return;
    }
    String content = encoded(parts[0]) + "." + encoded(parts[1]);
    assertRefused(content + ".");
    assertRefused(content + "." + "A".repeat(86));
    String token = content + "." + signature(content);
    try {
      Identity caller = TOKENS.identify(token);
      assertThat(parts[0]).contains("ES256");
      assertThat(parts[1]).contains("iss", "aud", "exp", "sub");
      assertThat(caller.getName()).isNotBlank();
      assertThat(caller.claims().get("sub")).containsExactly(caller.getName());
      assertThat(caller.claims().get("iss")).containsExactly(TokenIssuer.ISSUER);
      assertThat(caller.claims().get("aud")).contains(TokenIssuer.AUDIENCE);
    } catch (RefusedException refused) {
      assertThat(refused.status()).isEqualTo(401);
    }
  }

  private static void assertRefused(String token) {
    assertThatThrownBy(() -> TOKENS.identify(token))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.status()).isEqualTo(401));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(String content) {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).build();
      return new ECDSASigner(KEY)
          .sign(header, content.getBytes(StandardCharsets.US_ASCII))
          .toString();
    } catch (JOSEException failure) {
      throw new AssertionError(failure);
    }
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    } catch (JOSEException failure) {
      throw new AssertionError(failure);
    }
  }

  private static Tokens tokens() {
    try {
      Path file = Files.createTempFile("keys", ".json");
      file.toFile().deleteOnExit();
      Files.writeString(file, new JWKSet(KEY).toString(true)); // public parts
      Jwt issuer =
          new Jwt(
              TokenIssuer.ISSUER,
              List.of(TokenIssuer.AUDIENCE),
              file.toUri().toString(),
              List.of("ES256"),
              Duration.ZERO);
      return new Tokens(List.of(issuer), Tokens.Keeping.USUAL);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
