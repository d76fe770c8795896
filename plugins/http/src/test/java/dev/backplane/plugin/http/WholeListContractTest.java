package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;

/** One answer with everything, of which lists show a part. */
class WholeListContractTest extends RestContract {
  WholeListContractTest() {
    super(Habits.of(Pages.NONE).showingParts(), "{'writes': 'conditional', 'list-shows': 'parts'}");
  }
}
