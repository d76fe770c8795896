package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final Known ANN = new Known("ann", Set.of(), Map.of());

  private List<JWK> published = List.of(key("one"), key("two"));
  private boolean down;
  private Instant now = NOON;
  private final VerifiedTokens verified =
      new VerifiedTokens(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  private static JWK key(String secret) {
    return new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8))
        .keyID("id of " + secret)
        .build();
  }

  private List<JWK> published(JWKSelector selector, SecurityContext context)
      throws KeySourceException {
    if (down) {
      throw new KeySourceException("down");
    }
    return selector.select(new JWKSet(published));
  }

  @BeforeEach
  void keep() throws Exception {
    JWKSource<SecurityContext> source = this::published;
    VerifiedTokens.Keys keys = new VerifiedTokens.Keys(source);
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("id of one").build();
    JWKSelector wanted = new JWKSelector(JWKMatcher.forJWSHeader(header));
    assertThat(VerifiedTokens.Keys.noting(source).get(wanted, keys)).hasSize(1);
    verified.keep("token", ANN, keys, NOON.minusSeconds(60), NOON.plusSeconds(60));
  }

  @Test
  void find_ofATokenThatIsGood_isItsCaller_andOfAnotherNobody() throws Exception {
    assertThat(verified.find("token")).contains(ANN);
    assertThat(verified.find("token ")).isEmpty();
    assertThat(verified.find("")).isEmpty();
  }

  @Test
  void find_whenTheTimeOfTheTokenIsOver_orNotYet_isNobody() throws Exception {
    now = NOON.plusSeconds(59);
    assertThat(verified.find("token")).contains(ANN);
    now = NOON.plusSeconds(60);
    assertThat(verified.find("token")).isEmpty();
    now = NOON.minusSeconds(61); // the clock was set
    assertThat(verified.find("token")).isEmpty();
  }

  @Test
  void find_whenTheKeyIsWithdrawn_orAnotherHasItsName_isNobody() throws Exception {
    List<JWK> before = published;
    published = List.of(key("two"));
    assertThat(verified.find("token")).isEmpty();
    published =
        List.of(
            new OctetSequenceKey.Builder("x".getBytes(StandardCharsets.UTF_8))
                .keyID("id of one")
                .build());
    assertThat(verified.find("token")).isEmpty();
    published = List.of(key("three"), before.get(0), before.get(1));
    assertThat(verified.find("token")).contains(ANN);
  }

  @Test
  void find_whenTheKeysCannotBeHad_saysSo() {
    down = true;
    assertThatThrownBy(() -> verified.find("token")).isInstanceOf(KeySourceException.class);
  }

  @Test
  void find_ofATokenThatWasCheckedWithoutKeys_isNobody() throws Exception {
    VerifiedTokens.Keys none = new VerifiedTokens.Keys(this::published);
    verified.keep("other", ANN, none, NOON.minusSeconds(60), NOON.plusSeconds(60));
    assertThat(verified.find("other")).isEmpty();
  }
}
