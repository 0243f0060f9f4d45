package org.saminversion.standalone.cli.options;

import java.util.Locale;
import org.saminversion.graph.DeviceChoice;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Waiting;
import org.saminversion.inversion.edit.RgbSkip;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.method.ClampGradient;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.objective.Formulation;
import org.saminversion.standalone.cli.frame.Console;
import picocli.CommandLine.Option;

/** Where the paper, its released code and this engine differ, which of them is followed. */
public final class EngineOption {
    @Option(
            names = "--formulation",
            defaultValue = "RELEASED",
            description =
                    "Details of the objective and the masks: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Formulation formulation;

    @Option(
            names = "--rgb-skip",
            defaultValue = "UNEDITED",
            description =
                    "Early layers' colour in feature-space segments after an edit: UNEDITED (the paper), EDITED (the"
                            + " released code). Default: ${DEFAULT-VALUE}.")
    private RgbSkip rgbSkip;

    @Option(
            names = "--noise",
            defaultValue = "CONSTANT",
            description = "The generator's noise: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private NoiseMode noise;

    @Option(
            names = "--clamp-gradient",
            defaultValue = "RETURNING",
            description =
                    "Gradient of pixels out of range: ZERO (the released code), RETURNING. Default: ${DEFAULT-VALUE}.")
    private ClampGradient clampGradient;

    @Option(
            names = "--device",
            defaultValue = "CPU",
            description =
                    "Where to compute: ${COMPLETION-CANDIDATES} (CUDA where it works). Default: ${DEFAULT-VALUE}.")
    private DeviceChoice device;

    @Option(
            names = "--waiting",
            description =
                    "What threads do while they wait for each other: SPIN (a sixth faster on a machine that does nothing"
                            + " else), SLEEP. Default: SPIN if the machine's load average is below a half, else SLEEP.")
    private Waiting waiting;

    /** The released code in everything. */
    public void asInTheReference() {
        formulation = Formulation.RELEASED;
        rgbSkip = RgbSkip.EDITED;
        noise = NoiseMode.CONSTANT;
        clampGradient = ClampGradient.ZERO;
    }

    /**
     * Says which device was found, if it was left open.
     *
     * @throws org.saminversion.graph.DeviceMissingException if CUDA is demanded and cannot be used
     */
    public EngineOptions options(Console console) {
        DeviceChoice.Chosen chosen = device.resolve();
        if (device == DeviceChoice.AUTO) {
            console.note("device: " + chosen.device() + " (" + chosen.reason() + ")");
        }
        RuntimeOptions runtime =
                RuntimeOptions.standard().on(chosen.device()).waiting(waiting == null ? Waiting.now() : waiting);
        return new EngineOptions(runtime, formulation, rgbSkip, noise, clampGradient);
    }

    /** The choices that change what an inversion finds, as one word. */
    public String fingerprint() {
        return String.join("-", formulation.name(), noise.name(), clampGradient.name())
                .toLowerCase(Locale.ROOT);
    }
}
