/** A mapping that lies in S3 or in SSM's parameter store, apart from the function. */
package dev.backplane.lambda.remote;
