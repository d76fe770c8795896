package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;

/** Pages by number, in an order of the backend. */
class NumberedPagesContractTest extends RestContract {
  NumberedPagesContractTest() {
    super(
        Habits.of(Pages.PAGE),
        "{'writes': 'conditional', 'paging': {'style': 'page', 'size-parameter': 'limit'},"
            + " 'sort': {'parameter': 'sort', 'fields': {'id': 'id', 'v': 'v', 'half': 'half', 'number': 'number', 'w': 'w'}}}");
  }
}
