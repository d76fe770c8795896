package dev.backplane.lambda.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The build makes what the template deploys. */
class FunctionZipIT {
  @Test
  void codeUri_isTheFunctionsZip() throws IOException {
    String code =
        Tree.file("template.yaml").at("Resources", "Function", "Properties", "CodeUri").text();
    Path path = Tree.ROOT.resolve(code);

    assertThat(path).isRegularFile();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<String> names = zip.stream().map(ZipEntry::getName).toList();
      assertThat(names).contains("mapping.yaml");
      assertThat(names).anyMatch(name -> name.startsWith("lib/") && name.endsWith(".jar"));
    }
  }
}
