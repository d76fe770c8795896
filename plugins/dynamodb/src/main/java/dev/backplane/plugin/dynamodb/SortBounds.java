package dev.backplane.plugin.dynamodb;

import dev.backplane.plugin.dynamodb.SortRange.Extent;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonNumber;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The greatest lower and the least upper bound that can be said of a sort key; for one filter. */
final class SortBounds {
  private final KeyAttribute sort;
  private final Set<Filter> said = new HashSet<>();
  private @Nullable Bound low;
  private @Nullable Bound high;
  private boolean impossible;

  private record Bound(String operator, AttributeValue value) {}

  SortBounds(KeyAttribute sort) {
    this.sort = sort;
  }

  SortRange range(List<Filter.Comparison> terms) {
    if (sort.type() != KeyType.BINARY) { // which is shown in base64, whose order is another
      terms.forEach(this::add);
    }
    if (impossible) {
      return SortRange.NONE;
    }
    if (low != null && high != null) {
      return between(low, high);
    }
    Bound only = low == null ? high : low;
    if (only == null) {
      return SortRange.ALL;
    }
    Condition condition = Condition.compare(List.of(sort.name()), only.operator(), only.value());
    return new SortRange(Extent.SOME, Optional.of(condition), said);
  }

  /** The service has no other way to say both, so what is not meant to be in it is in it. */
  private SortRange between(Bound least, Bound most) {
    if (isGreater(least.value(), most.value())) {
      return SortRange.NONE; // which the service refuses to be asked for
    }
    boolean exact = least.operator().equals(">=") && most.operator().equals("<=");
    Condition condition = Condition.between(sort.name(), least.value(), most.value());
    return new SortRange(Extent.SOME, Optional.of(condition), exact ? said : Set.of());
  }

  private void add(Filter.Comparison term) {
    switch (term.operator()) {
      case GT -> low(term, ">");
      case GTE -> low(term, ">=");
      case LT -> high(term, "<");
      case LTE -> high(term, "<=");
      case BETWEEN -> both(term);
      default -> {
        // tested by the gateway
      }
    }
  }

  private void low(Filter.Comparison term, String operator) {
    Optional<AttributeValue> value = value(term.operand());
    if (low == null && value.isPresent()) {
      low = new Bound(operator, value.get());
      said.add(term);
    }
  }

  private void high(Filter.Comparison term, String operator) {
    Optional<AttributeValue> value = value(term.operand());
    if (high == null && value.isPresent()) {
      high = new Bound(operator, value.get());
      said.add(term);
    }
  }

  private void both(Filter.Comparison term) {
    Optional<AttributeValue> least = value(term.operands().get(0));
    Optional<AttributeValue> most = value(term.operands().get(1));
    if (low == null && high == null && least.isPresent() && most.isPresent()) {
      low = new Bound(">=", least.get());
      high = new Bound("<=", most.get());
      said.add(term);
    }
  }

  /** Empty where the service takes no such bound. */
  private Optional<AttributeValue> value(String operand) {
    if (sort.type() == KeyType.NUMBER && JsonNumber.parse(operand).isEmpty()) {
      impossible = true; // no number compares with what is none
    }
    return sort.ofOperand(operand);
  }

  private static boolean isGreater(AttributeValue left, AttributeValue right) {
    if (left.n() != null) {
      return new BigDecimal(left.n()).compareTo(new BigDecimal(right.n())) > 0;
    }
    // as the service does
    return Arrays.compareUnsigned(utf8(left), utf8(right)) > 0;
  }

  private static byte[] utf8(AttributeValue text) {
    return text.s().getBytes(StandardCharsets.UTF_8);
  }
}
