package org.saminversion.bench.service;

/**
 * What an open page holds in the browser, once what it no longer needs was collected.
 *
 * @param scriptHeapBytes of its scripts' objects
 * @param nodes of its document, those that scripts keep without showing them included
 * @param listeners for events
 */
public record PageFootprint(long scriptHeapBytes, int nodes, int listeners) {}
