package org.saminversion.standalone.cli.options;

import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.SamEngine;

/** A bundle with the engine that works with it. */
public record OpenBundle(ModelBundle bundle, SamEngine engine) implements AutoCloseable {
    @Override
    public void close() {
        engine.close();
    }
}
