package org.saminversion.standalone.cli;

import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.InversionEngine;

/** A bundle with the engine that works with it. */
record OpenBundle(ModelBundle bundle, InversionEngine engine) implements AutoCloseable {
    @Override
    public void close() {
        engine.close();
    }
}
