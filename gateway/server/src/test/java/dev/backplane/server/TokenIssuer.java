package dev.backplane.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An issuer of tokens, with a server for its keys that counts how often it is asked. */
final class TokenIssuer implements AutoCloseable {
  static final String ISSUER = "https://issuer.example";
  static final String AUDIENCE = "backplane";

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<JWK> keys;
  private volatile boolean down;

  TokenIssuer(RSAKey... keys) throws IOException {
    this.keys = List.of(keys);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jwks",
        exchange -> {
          asked.incrementAndGet();
          byte[] body =
              new JWKSet(this.keys).toString(true).getBytes(StandardCharsets.UTF_8); // public parts
          exchange.sendResponseHeaders(down ? 500 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  static RSAKey key(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
  }

  int asked() {
    return asked.get();
  }

  void publish(RSAKey... published) {
    keys = List.of(published);
  }

  void down(boolean isDown) {
    down = isDown;
  }

  /** Claims that are good for a minute. */
  static JWTClaimsSet.Builder claims(String subject) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject(subject)
        .claim("roles", List.of("writer"))
        .expirationTime(Date.from(Instant.now().plusSeconds(60)));
  }

  static String signed(RSAKey key, JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(key, JWSAlgorithm.RS256, claims);
  }

  static String signed(RSAKey key, JWSAlgorithm algorithm, JWTClaimsSet.Builder claims)
      throws JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(JOSEObjectType.JWT).build();
    SignedJWT token = new SignedJWT(header, claims.build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  /** A token about Ann, whose header says what a test wants. */
  static String signed(RSAKey key, UnaryOperator<JWSHeader.Builder> header) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            header.apply(new JWSHeader.Builder(JWSAlgorithm.RS256)).build(), claims("ann").build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
