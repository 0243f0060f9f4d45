package org.saminversion.inversion.engine;

import java.util.Map;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.metric.PeakSignalToNoise;

/** What the rendering of latents is worth where nothing is optimised: mean squared error and LPIPS, without regularisers. */
record ReconstructionLosses(EngineInputs inputs, EnginePrograms programs) {
    StepLosses of(Latents latents, RgbImage photograph, int step) {
        Tensor image = programs.rendering().run(inputs.rendering(latents)).get(EnginePrograms.IMAGE);
        RgbImage compared = inputs.networks().layout().reduced(ImageTensors.toImage(image));
        Tensor first = ImageTensors.toTensor(inputs.networks().layout().target(photograph));
        Tensor second = ImageTensors.toTensor(compared);
        double lpips = programs.comparing(1)
                .run(Map.of(InversionGraph.TARGET, first, EnginePrograms.SECOND, second))
                .get(EnginePrograms.DISTANCE)
                .toDoubles()[0];
        double mse = PeakSignalToNoise.meanSquaredError(first, second);
        return new StepLosses(step, mse + lpips, mse, lpips, 0, 0, 0);
    }
}
