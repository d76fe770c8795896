package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import java.util.UUID;

/** Which ids, or parts of an id, the store chooses for new items. */
enum IdChoice {
  /** Random ones. */
  UUID_V4 {
    @Override
    String next() {
      return UUID.randomUUID().toString();
    }
  },

  /** Those whose order is that of their creation. */
  UUID_V7 {
    @Override
    String next() {
      return UuidV7.PROCESS.next().toString();
    }
  };

  static IdChoice read(Settings settings, KeySchema keys) {
    IdChoice read = settings.choice("ids", UUID_V4);
    boolean text = keys.sort().orElse(keys.partition()).type() == KeyType.STRING;
    if (read != UUID_V4 && !text) {
      throw settings.wrong(
          "ids", "is for keys of text, of which the store chooses the last attribute");
    }
    return read;
  }

  abstract String next();
}
