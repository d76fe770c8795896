/** Makes the directory that a container image of the function consists of, and its AOT cache. */
package dev.backplane.image;
