package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;

/** Pages that link to the next, and versions by content. */
class LinkedPagesContractTest extends RestContract {
  LinkedPagesContractTest() {
    super(
        Habits.of(Pages.LINK),
        "{'writes': 'conditional', 'many': {'parameter': 'ids', 'style': 'commas', 'most': 40}, 'total-header': 'X-Total-Count',"
            + " 'paging': {'style': 'link', 'size-parameter': 'limit'}}");
  }
}
