package org.saminversion.graph;

import java.util.List;

/**
 * One operator applied to values of the same graph.
 *
 * @param id position in the graph: inputs always have smaller ids
 */
record Node(int id, Op op, List<Integer> inputs, ValueType type) {}
