package dev.backplane.core.plugin;

import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what is wrong with what a plugin answers to many writes at once. */
final class WriteAnswers {
  private static final String OTHER_ID = " returned an item with another id";

  private WriteAnswers() {}

  /** What is wrong with the answer to {@code writeAll}; empty when it fits the writes. */
  static Optional<String> wrong(List<Write> writes, WriteAllResult result) {
    return switch (result) {
      case WriteAllResult.Done done -> wrong(writes, done.items());
      case WriteAllResult.Refused refused -> wrong(writes, refused.refusals());
    };
  }

  private static Optional<String> wrong(List<Write> writes, List<Optional<Item>> items) {
    if (items.size() != writes.size()) {
      return Optional.of("writeAll returned another number of items than there were writes");
    }
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      Optional<Item> item = items.get(i);
      if (write instanceof Write.Put && item.isEmpty()) {
        return Optional.of("writeAll returned no item for a put");
      }
      if (isOther(write, item)) {
        return Optional.of("writeAll" + OTHER_ID);
      }
      if (write instanceof Write.Delete && write.precondition() instanceof Precondition.Absent) {
        return Optional.of("writeAll did what its precondition rules out");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(List<Write> writes, Map<Integer, Refusal> refusals) {
    if (refusals.isEmpty()) {
      return Optional.of("writeAll refused, but no write");
    }
    for (Map.Entry<Integer, Refusal> entry : refusals.entrySet()) {
      int index = entry.getKey();
      if (index < 0 || index >= writes.size()) {
        return Optional.of("writeAll refused a write that there was not");
      }
      Optional<String> wrong = wrong(writes.get(index), entry.getValue());
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(Write write, Refusal refusal) {
    return switch (refusal) {
      case Refusal.PreconditionFailed failed -> {
        if (isOther(write, failed.current())) {
          yield Optional.of("writeAll" + OTHER_ID);
        }
        yield couldFail(write, failed.current())
            ? Optional.empty()
            : Optional.of("writeAll refused a write whose precondition holds");
      }
      case Refusal.Failed failed -> {
        StoreException.Reason reason = failed.failure().reason();
        boolean fits =
            reason == StoreException.Reason.INVALID || reason == StoreException.Reason.CONFLICT;
        yield fits && failed.failure().getMessage() != null
            ? Optional.empty()
            : Optional.of("writeAll refused a write for a reason that is none");
      }
    };
  }

  /** Whether the write cannot be done where this is there. */
  private static boolean couldFail(Write write, Optional<Item> current) {
    if (write instanceof Write.Delete && current.isEmpty()) {
      return true;
    }
    return switch (write.precondition()) {
      case Precondition.None none -> false;
      case Precondition.Absent absent -> current.isPresent();
      case Precondition.Exists exists -> current.isEmpty();
      case Precondition.Matches matches -> true; // another writer may have been there meanwhile
    };
  }

  private static boolean isOther(Write write, Optional<Item> item) {
    return item.isPresent() && !item.get().id().equals(write.id());
  }

  /** What is wrong with the answer to {@code putAll}; empty when it fits the ids. */
  static Optional<String> wrong(Set<String> ids, Map<String, PutOutcome> outcomes) {
    if (!outcomes.keySet().equals(ids)) {
      return Optional.of("putAll told of other items than it was given");
    }
    for (Map.Entry<String, PutOutcome> entry : outcomes.entrySet()) {
      switch (entry.getValue()) {
        case PutOutcome.Stored stored -> {
          if (!stored.item().id().equals(entry.getKey())) {
            return Optional.of("putAll" + OTHER_ID);
          }
        }
        case PutOutcome.Failed failed -> {
          if (failed.failure().getMessage() == null) {
            return Optional.of("putAll did not say why an item failed");
          }
        }
      }
    }
    return Optional.empty();
  }
}
