package dev.backplane.rules;

import dev.backplane.core.http.Caller;
import dev.backplane.core.http.RuleCompiler;
import dev.backplane.spi.JsonObject;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules in the Common Expression Language. Of its macros there is {@code has} alone: without those
 * that go through lists, what a rule costs is bounded by its length and the item's size. Regular
 * expressions are matched in linear time. Safe for use by many threads.
 */
public final class CelRules implements RuleCompiler {
  private static final Logger LOG = LoggerFactory.getLogger(CelRules.class);

  private static final int LONGEST = 2000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true) // 1.0 in JSON is 1
          .maxExpressionCodePointSize(LONGEST)
          .build();

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.HAS)
          .addVar("caller.subject", SimpleType.STRING)
          .addVar("caller.roles", ListType.create(SimpleType.STRING))
          .addVar(
              "caller.claims",
              MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)))
          .addVar("item", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .setResultType(SimpleType.BOOL)
          .build();
  private final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  /** For {@link java.util.ServiceLoader}. */
  public CelRules() {}

  @Override
  public BiPredicate<Caller, JsonObject> compile(String expression) {
    CelValidationResult result = compiler.compile(expression);
    if (result.hasError()) {
      CelIssue first = result.getErrors().get(0);
      int column = first.getSourceLocation().getColumn() + 1;
      throw new IllegalArgumentException(first.getMessage() + " (at character " + column + ")");
    }
    CelRuntime.Program program = program(result);
    return (caller, item) -> test(program, expression, caller, item);
  }

  private CelRuntime.Program program(CelValidationResult result) {
    try {
      CelAbstractSyntaxTree checked = result.getAst();
      return runtime.createProgram(checked);
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  /** What cannot be told, because a field is missing for example, is not true. */
  private static boolean test(
      CelRuntime.Program program, String expression, Caller caller, JsonObject item) {
    try {
      Object value =
          program.eval(
              Map.of(
                  "caller.subject", caller.subject(),
                  "caller.roles", caller.roles().stream().sorted().toList(),
                  "caller.claims", caller.claims(),
                  "item", PlainValues.of(item)));
      return Boolean.TRUE.equals(value);
    } catch (CelEvaluationException untold) {
      LOG.debug("a rule is taken for false: {}", expression, untold);
      return false;
    }
  }
}
