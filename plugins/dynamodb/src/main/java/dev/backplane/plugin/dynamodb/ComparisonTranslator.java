package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.Operator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns one comparison into a condition. An operand is text and takes the type of the stored value,
 * which only the service knows: so it is given in each type that it can have.
 */
final class ComparisonTranslator {
  private final List<String> path;
  private final boolean wider;

  ComparisonTranslator(List<String> path, boolean wider) {
    this.path = path;
    this.wider = wider;
  }

  Optional<Condition> translate(Operator operator, List<String> operands) {
    String operand = operands.get(0);
    return switch (operator) {
      case EQ, IN -> in(operands);
      case NE, NIN -> in(operands).map(Condition::not);
      case GT -> range(operand, ">");
      case GTE -> range(operand, ">=");
      case LT -> range(operand, "<");
      case LTE -> range(operand, "<=");
      // not BETWEEN, which the service refuses when the first operand is the greater
      case BETWEEN -> both(range(operand, ">="), range(operands.get(1), "<="));
      case LIKE -> like(operand);
      case CONTAINS -> contains(operand);
      case STARTS_WITH -> startsWith(operand);
      case ENDS_WITH -> wider ? text(operand, "contains") : Optional.empty();
      case IS_NULL -> Optional.of(isNull(operand.equals("true")));
      // ILIKE, which the service has not, and what is newer than this plugin
      default -> Optional.empty();
    };
  }

  private static Optional<Condition> both(Optional<Condition> left, Optional<Condition> right) {
    return left.isEmpty() || right.isEmpty()
        ? Optional.empty()
        : Optional.of(Condition.and(List.of(left.get(), right.get())));
  }

  /** Exact in both directions: of a number that no item can hold there is nothing to find. */
  private Optional<Condition> in(List<String> operands) {
    List<AttributeValue> values = operands.stream().flatMap(o -> scalars(o).stream()).toList();
    List<Condition> chunks = new ArrayList<>();
    for (int from = 0; from < values.size(); from += Condition.MOST_OPERANDS) {
      int to = Math.min(values.size(), from + Condition.MOST_OPERANDS);
      chunks.add(Condition.in(path, values.subList(from, to)));
    }
    return Optional.of(Condition.or(chunks));
  }

  private Optional<Condition> range(String operand, String operator) {
    List<Condition> types = new ArrayList<>();
    types.add(Condition.compare(path, operator, AttributeValue.fromS(operand)));
    Optional<JsonNumber> number = JsonNumber.parse(operand);
    Optional<AttributeValue> stored = number.flatMap(n -> AttributeWriter.number(n.value()));
    stored.ifPresent(value -> types.add(Condition.compare(path, operator, value)));
    if (wider) {
      if (number.isPresent() && stored.isEmpty()) {
        types.add(Condition.isType(path, AttributeValue.Type.N));
      }
      types.add(binary());
    }
    return Optional.of(Condition.or(types));
  }

  /** Binary is shown in base64, whose order and parts are not those of the bytes. */
  private Condition binary() {
    return Condition.isType(path, AttributeValue.Type.B);
  }

  private Optional<Condition> like(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return Optional.of(orBinary(Condition.compare(path, "=", AttributeValue.fromS(pattern))));
    }
    boolean exact = star == pattern.length() - 1;
    return exact || wider ? startsWith(pattern.substring(0, star)) : Optional.empty();
  }

  private Optional<Condition> startsWith(String operand) {
    return text(operand, "begins_with");
  }

  private Optional<Condition> text(String operand, String function) {
    return operand.isEmpty()
        ? Optional.empty()
        : Optional.of(orBinary(Condition.function(function, path, AttributeValue.fromS(operand))));
  }

  private Condition orBinary(Condition condition) {
    return wider ? Condition.or(List.of(condition, binary())) : condition;
  }

  private Optional<Condition> contains(String operand) {
    if (operand.isEmpty()) {
      return Optional.empty();
    }
    List<Condition> types = new ArrayList<>();
    for (AttributeValue value : scalars(operand)) {
      types.add(
          value.type() == AttributeValue.Type.BOOL
              ? Condition.isType(path, AttributeValue.Type.L)
              : Condition.function("contains", path, value));
    }
    if (wider) {
      types.add(binary());
      return Optional.of(Condition.or(types));
    }
    return Optional.of(Condition.function("contains", path, AttributeValue.fromS(operand)));
  }

  private Condition isNull(boolean expected) {
    Condition none =
        Condition.or(
            List.of(Condition.missing(path), Condition.isType(path, AttributeValue.Type.NUL)));
    return expected ? none : Condition.not(none);
  }

  /** The values that are equal to an operand, of all types. */
  private static List<AttributeValue> scalars(String operand) {
    List<AttributeValue> values = new ArrayList<>();
    values.add(AttributeValue.fromS(operand));
    JsonNumber.parse(operand)
        .flatMap(number -> AttributeWriter.number(number.value()))
        .ifPresent(values::add);
    if (operand.equals("true") || operand.equals("false")) {
      values.add(AttributeValue.fromBool(operand.equals("true")));
    }
    binary(operand).ifPresent(values::add);
    return values;
  }

  private static Optional<AttributeValue> binary(String operand) {
    try {
      byte[] bytes = Base64.getDecoder().decode(operand);
      return Base64.getEncoder().encodeToString(bytes).equals(operand)
          ? Optional.of(AttributeValue.fromB(SdkBytes.fromByteArray(bytes)))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
