/** Pages under docs/ that are made from the code. Every module with a part of one uses this. */
package dev.backplane.core.docs;
