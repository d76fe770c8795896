package dev.backplane.plugin.http;

import dev.backplane.spi.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of whoever may vouch for the backend, where those that Java trusts are not
 * meant.
 *
 * @param certificates the certificates; none: Java's
 */
record Trust(List<Certificate> certificates) {
  private static final String KEY = "trusted-certificates";

  /** Copies the certificates. */
  Trust {
    certificates = List.copyOf(certificates);
  }

  static Trust read(Settings settings) {
    Optional<Path> file = settings.path(KEY);
    if (file.isEmpty()) {
      return new Trust(List.of());
    }
    try (InputStream pem = Files.newInputStream(file.get())) {
      Trust trust =
          new Trust(List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem)));
      if (trust.certificates().isEmpty()) {
        throw settings.wrong(KEY, "names a file without certificates");
      }
      return trust;
    } catch (IOException unreadable) {
      throw settings.wrong(
          KEY, "names a file that cannot be read: " + unreadable.getClass().getSimpleName());
    } catch (GeneralSecurityException malformed) {
      throw settings.wrong(KEY, "names a file that is not one of certificates (PEM)");
    }
  }

  /** What checks the backend's certificate; empty where Java's own does. */
  Optional<SSLContext> context() {
    if (certificates.isEmpty()) {
      return Optional.empty();
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), certificates.get(i));
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK can trust certificates", impossible);
    }
  }
}
