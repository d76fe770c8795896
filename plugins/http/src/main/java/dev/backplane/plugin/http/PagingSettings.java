package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Settings;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what the mapping says of the backend's pages.
 *
 * @param style how they follow each other
 * @param parameters how they are asked for
 */
record PagingSettings(PageStyle style, PageParameters parameters) {
  /** The words for the styles. */
  enum Word {
    NONE,
    LINK,
    PAGE,
    OFFSET,
    CURSOR
  }

  static PagingSettings read(Settings settings, BaseUrl base, Paths paths) {
    Optional<Settings> section = settings.section("paging");
    if (section.isEmpty()) {
      PageParameters none =
          new PageParameters("", Optional.empty(), Optional.empty(), Optional.empty());
      return new PagingSettings(new PageStyle.Whole(), none);
    }
    Settings group = section.get();
    Word word = group.choice("style", Word.NONE);
    Optional<String> parameter = group.optionalString("parameter");
    Optional<FieldPath> nextIn = Shape.path(group, "next-in");
    long most = group.integer("max-page-size", 0, 1, 10_000);
    int first = (int) group.integer("first-page", 1, 0, 1);
    PageParameters parameters =
        new PageParameters(
            parameter.orElse(word.name().toLowerCase(Locale.ROOT)),
            group.optionalString("size-parameter"),
            most == 0 ? Optional.empty() : Optional.of((int) most),
            nextIn);
    if (word == Word.CURSOR && nextIn.isEmpty()) {
      throw group.wrong("next-in", "is missing: a dotted path to the cursor in a list's body");
    }
    PageStyle style =
        switch (word) {
          case NONE -> new PageStyle.Whole();
          case LINK -> new PageStyle.Linked(parameters, base, FixedQuery.of(paths.list()));
          case PAGE -> new PageStyle.Numbered(parameters, first);
          case OFFSET -> new PageStyle.Counted(parameters);
          case CURSOR -> new PageStyle.Tokens(parameters);
        };
    return new PagingSettings(style, parameters);
  }
}
