package org.saminversion.inversion.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The values under construction, with the marks that open variable-length groups. */
final class PickleStack {
    private final PickleInput input;
    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();

    PickleStack(PickleInput input) {
        this.input = input;
    }

    void push(PickleValue value) {
        values.add(value);
    }

    void mark() {
        marks.add(values.size());
    }

    PickleValue peek() {
        requireAboveMark(1);
        return values.get(values.size() - 1);
    }

    PickleValue pop() {
        requireAboveMark(1);
        return values.remove(values.size() - 1);
    }

    /** The topmost values in the order in which they were pushed. */
    List<PickleValue> pop(int count) {
        requireAboveMark(count);
        return popFrom(values.size() - count);
    }

    List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw input.invalid("it closes a group that it never opened");
        }
        return popFrom(marks.remove(marks.size() - 1));
    }

    private List<PickleValue> popFrom(int start) {
        List<PickleValue> top = values.subList(start, values.size());
        List<PickleValue> popped = List.copyOf(top);
        top.clear();
        return popped;
    }

    private void requireAboveMark(int count) {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (values.size() - floor < count) {
            throw input.invalid("it takes a value from an empty stack");
        }
    }
}
