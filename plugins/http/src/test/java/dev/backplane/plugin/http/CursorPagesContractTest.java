package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;

/**
 * Cursors and envelopes in bodies, conditions and orders by parameters, a PUT that only replaces.
 */
class CursorPagesContractTest extends RestContract {
  CursorPagesContractTest() {
    super(
        Habits.of(Pages.CURSOR).wrapping().replacingOnly().silent(),
        "{'writes': 'conditional', 'many': {'parameter': 'ids', 'style': 'commas', 'most': 40}, 'ids': 'uuid', 'items-in': 'data', 'item-in': 'data',"
            + " 'total-in': 'meta.total', 'filters': {'v': 'v', 'number:gte': 'min_number', 'q': 'search'},"
            + " 'paging': {'style': 'cursor', 'parameter': 'after', 'next-in': 'meta.next',"
            + " 'size-parameter': 'limit'}}");
  }
}
