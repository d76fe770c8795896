/** Reads {@code mapping.yaml}: which service answers for which resource. */
package dev.backplane.core.mapping;
