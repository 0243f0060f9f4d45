package org.saminversion.worker;

import java.nio.file.Path;
import org.saminversion.inversion.engine.InversionEngine;

/** Opens the engine of a bundle; slow, because it reads the weights. */
@FunctionalInterface
public interface EngineOpener {
    InversionEngine open(Path bundleFolder);
}
