package org.saminversion.standalone.cli.options;

import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Option;

/** Which bundle a command changes: without a default, so that none is changed by accident. */
public final class BundleToChange {
    @Option(
            names = "--bundle",
            paramLabel = "NAME|DIR",
            required = true,
            description = "The bundle to change: one of the folder models, or the folder of another one.")
    private String bundle;

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if there is none or it is damaged */
    public ModelBundle find(Program sam) {
        return BundleOption.find(bundle, sam);
    }
}
