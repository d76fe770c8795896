package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;

/** Pages by an offset, and the backend's ETags as versions. */
class CountedPagesContractTest extends RestContract {
  CountedPagesContractTest() {
    super(
        Habits.of(Pages.OFFSET).silent(),
        "{'writes': 'conditional', 'versions': 'etag',"
            + " 'paging': {'style': 'offset', 'size-parameter': 'limit', 'max-page-size': 100}}");
  }
}
