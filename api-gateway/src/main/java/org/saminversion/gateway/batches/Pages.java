package org.saminversion.gateway.batches;

import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Lines of a store, read page by page. It can be walked through more than once. */
record Pages<T>(LongFunction<List<T>> pageAfter, ToLongFunction<T> line) {
    interface Sink<T> {
        void take(T item) throws IOException;
    }

    void forEach(Sink<T> sink) throws IOException {
        List<T> page = pageAfter.apply(0);
        while (!page.isEmpty()) {
            for (T item : page) {
                sink.take(item);
            }
            page = pageAfter.apply(line.applyAsLong(page.get(page.size() - 1)));
        }
    }
}
