/** What fuzz targets have in common; the way of working is in {@code .ci/fuzz/README.md}. */
package dev.backplane.core.fuzz;
