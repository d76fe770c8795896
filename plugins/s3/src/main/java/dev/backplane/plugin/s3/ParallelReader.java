package dev.backplane.plugin.s3;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads several objects at once, as many as there are connections for. */
record ParallelReader(ObjectReader reader, Connection connection) {
  /** An object that is to be read. */
  record Wanted(String key, String id) {}

  /** The objects in the order in which they were wanted; empty for those that are not there. */
  List<Optional<StoredObject>> read(S3Client aws, List<Wanted> wanted) {
    if (wanted.size() == 1) {
      return List.of(reader.read(aws, wanted.get(0).key(), wanted.get(0).id()));
    }
    List<Future<Optional<StoredObject>>> reads = new ArrayList<>(wanted.size());
    try {
      for (Wanted each : wanted) {
        reads.add(connection.readers().submit(() -> readInTurn(aws, each)));
      }
      // each has its own timeout, but may wait for its turn
      long deadline = System.nanoTime() + connection.timeout().multipliedBy(2).toNanos();
      List<Optional<StoredObject>> objects = new ArrayList<>(wanted.size());
      for (Future<Optional<StoredObject>> read : reads) {
        objects.add(read.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
      }
      return objects;
    } catch (ExecutionException failure) {
      throw cause(failure);
    } catch (TimeoutException late) {
      throw late(late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw late(stopped);
    } finally {
      reads.forEach(read -> read.cancel(true)); // nothing to those that are done
    }
  }

  private Optional<StoredObject> readInTurn(S3Client aws, Wanted wanted)
      throws InterruptedException {
    connection.reads().acquire();
    try {
      return reader.read(aws, wanted.key(), wanted.id());
    } finally {
      connection.reads().release();
    }
  }

  private static RuntimeException cause(ExecutionException failure) {
    return switch (failure.getCause()) {
      case StoreException refusal -> refusal;
      case SdkException service -> service;
      case null, default -> new IllegalStateException(failure.getCause());
    };
  }

  private static StoreException late(Exception cause) {
    return new StoreException(
        Reason.TIMEOUT, "The backend of this resource did not answer in time.", cause);
  }
}
