package org.saminversion.inversion.network.biggan;

import org.saminversion.graph.Value;

/** Looks at, or changes, the features between the layers of {@link BigGanDeep}. */
@FunctionalInterface
public interface LayerHook {
    LayerHook NONE = (layer, features) -> features;

    /**
     * @param layer index in the checkpoint's {@code generator.layers}
     * @param features [N,C,H,W]
     * @return what the next layer gets
     */
    Value after(int layer, Value features);
}
