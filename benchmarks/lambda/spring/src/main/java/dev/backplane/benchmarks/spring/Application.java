package dev.backplane.benchmarks.spring;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The same API as the gateway's, over a map. */
@SpringBootApplication
public class Application {}
