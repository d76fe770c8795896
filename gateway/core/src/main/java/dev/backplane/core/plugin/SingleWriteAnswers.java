package dev.backplane.core.plugin;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.util.Optional;

/** Tells what is wrong with what a plugin answers to one write; empty when nothing is. */
final class SingleWriteAnswers {
  private SingleWriteAnswers() {}

  static Optional<String> wrong(String id, Precondition precondition, PutResult result) {
    return switch (result) {
      case PutResult.Created created ->
          wrong(
              "put",
              ReadAnswers.otherId("put", id, created.item()),
              precondition instanceof Precondition.None
                  || precondition instanceof Precondition.Absent);
      case PutResult.Replaced replaced ->
          wrong(
              "put",
              ReadAnswers.otherId("put", id, replaced.item()),
              !(precondition instanceof Precondition.Absent));
      case PutResult.PreconditionFailed failed ->
          wrong(
              "put",
              failed.current().flatMap(current -> ReadAnswers.otherId("put", id, current)),
              !(precondition instanceof Precondition.None));
    };
  }

  static Optional<String> wrong(String id, Precondition precondition, DeleteResult result) {
    return switch (result) {
      case DeleteResult.Deleted deleted ->
          wrong(
              "delete",
              ReadAnswers.otherId("delete", id, deleted.item()),
              !(precondition instanceof Precondition.Absent));
      case DeleteResult.Missing missing -> Optional.empty();
      case DeleteResult.PreconditionFailed failed ->
          wrong(
              "delete",
              ReadAnswers.otherId("delete", id, failed.current()),
              !(precondition instanceof Precondition.None));
    };
  }

  private static Optional<String> wrong(
      String method, Optional<String> otherId, boolean isPossible) {
    if (otherId.isPresent() || isPossible) {
      return otherId;
    }
    return Optional.of(method + " returned what its precondition rules out");
  }
}
