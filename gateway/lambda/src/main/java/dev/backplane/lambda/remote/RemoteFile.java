package dev.backplane.lambda.remote;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A file behind a URI, which may be another one tomorrow. */
interface RemoteFile {
  /**
   * A content of the file.
   *
   * @param bytes the content
   * @param tag tells this content from others
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Content(byte[] bytes, String tag) {}

  /**
   * Gets the content.
   *
   * @param known the tag of a content that is not wanted again; empty when any is wanted
   * @return the content; empty when it is the known one
   * @throws IOException when it cannot be had; the message says why and what to do
   */
  Optional<Content> get(String known) throws IOException;

  /**
   * Reads a URI.
   *
   * @param uri {@code s3://bucket/key} or {@code ssm:///name}
   * @param environment has the region and, for an endpoint that is not AWS's, the variables that
   *     the AWS SDKs know
   * @throws IllegalArgumentException when it is neither; the message is for whoever deploys
   */
  static RemoteFile of(String uri, Map<String, String> environment) {
    if (uri.startsWith(S3Object.SCHEME)) {
      return S3Object.of(uri, new AwsCalls("s3", environment));
    }
    if (uri.startsWith(SsmParameter.SCHEME)) {
      return SsmParameter.of(uri, new AwsCalls("ssm", environment));
    }
    throw new IllegalArgumentException(
        "is a URI of another kind than s3://bucket/key and ssm:///name");
  }
}
