package org.saminversion.inversion.engine;

import java.util.Map;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.PerceptualWeights;

/** Reads the perceptual networks of bundles. */
public final class BundlePerceptual {
    private BundlePerceptual() {}

    /** What a bundle compares by. */
    public static PerceptualWeights read(ModelBundle bundle) {
        return read(bundle, bundle.description().perceptual());
    }

    static PerceptualWeights read(ModelBundle bundle, PerceptualDescription description) {
        Map<String, Tensor> tensors =
                SafetensorsFile.read(bundle.file(description.file())).tensors();
        if (description instanceof PerceptualDescription.LpipsVgg) {
            return PerceptualWeights.vgg16(tensors);
        }
        if (description instanceof PerceptualDescription.LpipsAlex) {
            return PerceptualWeights.alexnet(tensors);
        }
        return description instanceof PerceptualDescription.LpipsSqueeze
                ? PerceptualWeights.squeezenet(tensors)
                : PerceptualWeights.trunk(tensors);
    }
}
