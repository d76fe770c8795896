/** The variables of the environment that the function reads. */
@NullMarked
package dev.backplane.lambda.environment;

import org.jspecify.annotations.NullMarked;
