package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy's word for who is calling, on the running server. */
class ProxyHeadersIT {
  @TempDir private Path directory;

  private SocketClient behind(String network) throws Exception {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        authentication:
          proxy:
            trusted: ["%s"]
            subject-header: X-Client-Subject
            roles-header: X-Client-Roles
        resources:
          notes:
            service: memory
            access: {roles: {writer: [list, get, create]}, owner: {}}
        """
            .formatted(network));
    return SocketClient.start(mapping);
  }

  @Test
  void proxyThatIsTrusted_saysWhoIsCalling() throws Exception {
    for (String network : new String[] {"127.0.0.1", "127.0.0.0/8", "127.0.0.1/32"}) {
      try (SocketClient client = behind(network)) {
        Request create = Request.json("POST", "/api/notes", "{}");
        Answer created =
            client.send(
                create
                    .header("X-Client-Subject", "CN=ann, O=Example")
                    .header("X-Client-Roles", "reader, writer"));
        assertThat(created.status()).as(network).isEqualTo(201);
        assertThat(created.text()).contains("\"owner\":\"CN=ann, O=Example\"");
        assertThat(client.send(create.header("X-Client-Subject", "ann")).status()).isEqualTo(403);
        Answer unknown = client.send(create.header("X-Client-Subject", ""));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.header("WWW-Authenticate")).isPresent();
        assertThat(client.send(create).status()).isEqualTo(401);
        Request twice = create.header("X-Client-Subject", "ann").header("X-Client-Subject", "bob");
        assertThat(client.send(twice).status()).isEqualTo(400);
      }
    }
  }

  @Test
  void anybodyElse_isRefused() throws Exception {
    for (String network : new String[] {"10.0.0.0/8", "127.0.0.2", "::1", "126.0.0.0/8"}) {
      try (SocketClient client = behind(network)) {
        Request ping = Request.of("GET", "/api/ping");
        for (String header : new String[] {"X-Client-Subject", "x-client-roles"}) {
          assertThat(client.send(ping.header(header, "writer")).status())
              .as(network)
              .isEqualTo(401);
        }
        assertThat(client.send(ping.header("X-Forwarded-For", "10.1.1.1")).status()).isEqualTo(200);
      }
    }
  }
}
