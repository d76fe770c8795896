package dev.backplane.telemetry;

/**
 * The metrics as they are now.
 *
 * @param type the media type
 * @param text as Prometheus reads it
 */
public record Scrape(String type, String text) {}
