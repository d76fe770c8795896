/** Finds services in plugins, opens their stores, and guards every call into them. */
package dev.backplane.core.plugin;
