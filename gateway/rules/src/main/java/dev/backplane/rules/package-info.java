/** The expressions of access rules. */
package dev.backplane.rules;
