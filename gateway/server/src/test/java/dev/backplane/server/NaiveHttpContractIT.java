package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import dev.backplane.spi.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The HTTP contract over a plugin that can do as little as a plugin may. */
final class NaiveHttpContractIT extends HttpContract {
  @Override
  protected Client start(Path mapping) throws Exception {
    String text = Files.readString(mapping);
    Files.writeString(mapping, text.replace("service: memory", "service: naive"));
    Path plugins = Files.createDirectory(mapping.resolveSibling("plugins"));
    pack(plugins.resolve("naive.jar"));
    return SocketClient.start(mapping, plugins);
  }

  @Override
  public boolean sorts() {
    return false;
  }

  @Override
  public boolean transacts() {
    return false;
  }

  private static void pack(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (String name : new String[] {"NaiveService", "NaiveService$NaiveStore"}) {
        entries.putNextEntry(new JarEntry("dev/backplane/server/" + name + ".class"));
        try (InputStream type = NaiveHttpContractIT.class.getResourceAsStream(name + ".class")) {
          type.transferTo(entries);
        }
      }
      entries.putNextEntry(new JarEntry("META-INF/services/" + Service.class.getName()));
      entries.write(NaiveService.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }
}
