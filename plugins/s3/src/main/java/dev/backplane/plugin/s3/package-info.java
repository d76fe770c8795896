/** Items as JSON objects in a bucket; only {@link S3Service} is for others. */
package dev.backplane.plugin.s3;
