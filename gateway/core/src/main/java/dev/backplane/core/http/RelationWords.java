package dev.backplane.core.http;

import java.util.List;

/**
 * Which relations a query asks to follow, as the client spelled them: {@code _expand=author} and
 * {@code _embed=comments.author}.
 *
 * @param expand the paths of {@code _expand}
 * @param embed the paths of {@code _embed}
 */
record RelationWords(List<String> expand, List<String> embed) {
  static final String EXPAND = "_expand";
  static final String EMBED = "_embed";
  static final RelationWords NONE = new RelationWords(List.of(), List.of());

  RelationWords {
    expand = List.copyOf(expand);
    embed = List.copyOf(embed);
  }

  static RelationWords of(QueryWords words) {
    return words.has(EXPAND) || words.has(EMBED)
        ? new RelationWords(words.names(EXPAND), words.names(EMBED))
        : NONE;
  }

  boolean isEmpty() {
    return expand.isEmpty() && embed.isEmpty();
  }
}
