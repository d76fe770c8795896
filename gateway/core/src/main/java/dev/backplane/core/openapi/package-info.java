/** The OpenAPI document: what is served, made from what the mapping and the stores say. */
package dev.backplane.core.openapi;
