package dev.backplane.plugin.http;

import static dev.backplane.plugin.http.Stores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends behind TLS, whose certificate is made for this test. */
class TrustTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path directory;

  private static HttpsServer server;

  @BeforeAll
  static void startServer() throws Exception {
    Path file = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Files.writeString(directory.resolve("trusted.pem"), pem(keys));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"id\": \"a\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private static String pem(KeyStore keys) throws Exception {
    byte[] certificate = keys.getCertificate("server").getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @AfterAll
  static void stopServer() {
    server.stop(0);
  }

  private static String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort();
  }

  private static String trusting(String file) {
    return "{'trusted-certificates': '%s', 'retries': 0}".formatted(directory.resolve(file));
  }

  @Test
  void get_when_the_certificate_is_trusted_reads() {
    try (Store store = Stores.open(url("localhost"), trusting("trusted.pem"))) {
      assertThat(store.get("a")).isPresent();
    }
  }

  @Test
  void get_when_nobody_vouches_for_the_certificate_fails() {
    try (Store store = Stores.open(url("localhost"), "{}")) {
      StoreException failure = assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertThat(failure.getCause()).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void get_when_the_certificate_is_for_another_name_fails() {
    try (Store store = Stores.open(url("127.0.0.1"), trusting("trusted.pem"))) {
      StoreException failure = assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertThat(failure.getCause()).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void open_when_the_file_holds_no_certificate_says_so() throws Exception {
    Files.writeString(directory.resolve("empty.pem"), "");
    Files.writeString(
        directory.resolve("wrong.pem"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    for (String file : new String[] {"missing.pem", "empty.pem", "wrong.pem"}) {
      assertThatThrownBy(() -> Stores.open(url("localhost"), trusting(file)))
          .isInstanceOfSatisfying(
              SettingException.class,
              mistake -> assertThat(mistake.key()).isEqualTo("trusted-certificates"));
    }
  }
}
