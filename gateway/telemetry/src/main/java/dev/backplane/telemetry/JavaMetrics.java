package dev.backplane.telemetry;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * What the virtual machine tells of itself, named as OpenTelemetry's semantic conventions do. The
 * library that does the same is not stable yet and brings five others.
 */
final class JavaMetrics {
  private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jvm.memory.type");
  private static final AttributeKey<String> COLLECTOR = AttributeKey.stringKey("jvm.gc.name");
  private static final double MILLIS = 1e3;

  private final Meter meter;

  private JavaMetrics(Meter meter) {
    this.meter = meter;
  }

  static void addTo(Meter meter) {
    JavaMetrics metrics = new JavaMetrics(meter);
    metrics.memory();
    metrics.collections();
    metrics.process();
  }

  private void memory() {
    pools("jvm.memory.used", "Memory in use", MemoryPoolMXBean::getUsage, MemoryUsage::getUsed);
    pools(
        "jvm.memory.committed",
        "Memory that the system has given",
        MemoryPoolMXBean::getUsage,
        MemoryUsage::getCommitted);
    pools(
        "jvm.memory.limit",
        "The most that a pool may have, where there is a bound",
        MemoryPoolMXBean::getUsage,
        MemoryUsage::getMax);
    pools(
        "jvm.memory.used_after_last_gc",
        "Memory in use after the last garbage collection of the pool",
        MemoryPoolMXBean::getCollectionUsage,
        MemoryUsage::getUsed);
  }

  private void pools(
      String name,
      String description,
      Function<MemoryPoolMXBean, @Nullable MemoryUsage> usage,
      ToLongFunction<MemoryUsage> bytes) {
    List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
    meter
        .upDownCounterBuilder(name)
        .setDescription(description)
        .setUnit("By")
        .buildWithCallback(
            out -> pools.forEach(pool -> observe(pool, usage.apply(pool), bytes, out)));
  }

  private static void observe(
      MemoryPoolMXBean pool,
      @Nullable MemoryUsage usage,
      ToLongFunction<MemoryUsage> bytes,
      ObservableLongMeasurement out) {
    if (usage == null || bytes.applyAsLong(usage) < 0) {
      return; // no such thing in this pool
    }
    String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
    out.record(bytes.applyAsLong(usage), Attributes.of(POOL, pool.getName(), TYPE, type));
  }

  private void collections() {
    DoubleHistogram pauses =
        meter
            .histogramBuilder("jvm.gc.duration")
            .setDescription("Time of a garbage collection")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(Names.PAUSE_SECONDS)
            .build();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      Attributes named = Attributes.of(COLLECTOR, collector.getName());
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (notification, unused) ->
                pauses.record(millis((CompositeData) notification.getUserData()) / MILLIS, named),
            notification ->
                notification
                    .getType()
                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
            null);
      }
    }
  }

  private static long millis(CompositeData collection) {
    return GarbageCollectionNotificationInfo.from(collection).getGcInfo().getDuration();
  }

  private void process() {
    meter
        .upDownCounterBuilder("jvm.thread.count")
        .setDescription("Platform threads")
        .setUnit("{thread}")
        .buildWithCallback(out -> out.record(ManagementFactory.getThreadMXBean().getThreadCount()));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      meter
          .gaugeBuilder("jvm.cpu.recent_utilization")
          .setDescription("The share of all processors that the process uses")
          .setUnit("1")
          .buildWithCallback(out -> out.record(Math.max(0, system.getProcessCpuLoad())));
    }
    meter
        .gaugeBuilder("process.uptime")
        .setDescription("Time since the start of the process")
        .setUnit("s")
        .buildWithCallback(
            out -> out.record(ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS));
  }
}
