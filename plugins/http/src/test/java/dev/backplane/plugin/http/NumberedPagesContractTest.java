package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Pages by number, in an order of the backend. */
@ExtendWith(NumberedPagesContractTest.WhatNumbersCannotKeep.class)
class NumberedPagesContractTest extends RestContract {
  NumberedPagesContractTest() {
    super(
        Habits.of(Pages.PAGE),
        "{'writes': 'conditional', 'paging': {'style': 'page', 'size-parameter': 'limit'},"
            + " 'sort': {'parameter': 'sort', 'fields':"
            + " {'id': 'id', 'v': 'v', 'half': 'half', 'number': 'number', 'w': 'w'}}}");
  }

  /** Skips the one rule that no numbering of pages keeps. */
  static final class WhatNumbersCannotKeep implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
      return test.getDisplayName().startsWith("list_when_items_change_between")
          ? ConditionEvaluationResult.disabled(
              "a page's number means other items when items before it come or go, as README.md says")
          : ConditionEvaluationResult.enabled("kept");
    }
  }
}
