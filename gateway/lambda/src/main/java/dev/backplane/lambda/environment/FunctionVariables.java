package dev.backplane.lambda.environment;

import dev.backplane.core.EnvironmentVariable;
import dev.backplane.log.Loggers;
import java.util.List;

/**
 * Every variable of the environment that the function itself reads; docs/configuration.md lists
 * them. No other class names one, but for those of the log.
 */
public final class FunctionVariables {
  /** Which mapping is served. */
  public static final EnvironmentVariable MAPPING =
      new EnvironmentVariable(
          "BACKPLANE_MAPPING",
          "mapping.yaml",
          "The mapping: a path in the zip, `/opt/…` in a layer, `s3://bucket/key` or"
              + " `ssm:///name`.");

  /** When a mapping in S3 or SSM is looked after. */
  public static final EnvironmentVariable MAPPING_MAX_AGE =
      new EnvironmentVariable(
          "BACKPLANE_MAPPING_MAX_AGE",
          "60",
          "After how many seconds a mapping in S3 or SSM is looked after again.");

  /** Which part of a path is not the gateway's. */
  public static final EnvironmentVariable BASE_PATH =
      new EnvironmentVariable(
          "BACKPLANE_BASE_PATH",
          "",
          "The base path of a custom domain, where the events do not tell.");

  /** Which lines are written. */
  public static final EnvironmentVariable LOG_LEVEL =
      new EnvironmentVariable(
          Loggers.LEVEL,
          "",
          "`error`, `warn`, `info`, `debug` or `trace`; when it is not set, that of the function's"
              + " logging configuration.");

  /** Which lines are written, where {@link #LOG_LEVEL} does not say. */
  public static final EnvironmentVariable LOG_LEVEL_OF_LAMBDA =
      new EnvironmentVariable(
          Loggers.LEVEL_OF_LAMBDA,
          "info",
          "Set by Lambda where the logging configuration of the function has a level.");

  /** Whether metrics are written, which CloudWatch charges for. */
  public static final EnvironmentVariable METRICS =
      new EnvironmentVariable(
          "BACKPLANE_METRICS", "on", "`off` leaves the metrics out of the log's lines.");

  /** Where the function's files are. */
  public static final EnvironmentVariable ROOT =
      new EnvironmentVariable("LAMBDA_TASK_ROOT", "", "Set by Lambda: where the zip is unpacked.");

  /** Whether a snapshot will be made. */
  public static final EnvironmentVariable START =
      new EnvironmentVariable(
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "",
          "Set by Lambda: `snap-start` makes the function ready for a snapshot.");

  /** Where S3 and SSM are asked for a mapping. */
  public static final EnvironmentVariable REGION =
      new EnvironmentVariable(
          "AWS_REGION", "", "Set by Lambda: the region of a mapping in S3 or SSM.");

  /** An imitation of AWS; with _S3 or _SSM appended, of one service. */
  public static final EnvironmentVariable ENDPOINT =
      new EnvironmentVariable(
          "AWS_ENDPOINT_URL",
          "",
          "An imitation of AWS to get such a mapping from; `AWS_ENDPOINT_URL_S3` and"
              + " `AWS_ENDPOINT_URL_SSM` go before it.");

  /** All of them, in the order of the page. */
  public static final List<EnvironmentVariable> ALL =
      List.of(
          MAPPING,
          MAPPING_MAX_AGE,
          BASE_PATH,
          LOG_LEVEL,
          METRICS,
          EnvironmentVariable.ACTIVE_SERVICES,
          ROOT,
          START,
          REGION,
          LOG_LEVEL_OF_LAMBDA,
          ENDPOINT);

  private FunctionVariables() {}
}
