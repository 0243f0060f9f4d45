package org.saminversion.standalone.cli.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.saminversion.inversion.bundle.BundleCatalogue;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Option;

/** Which model bundle to work with. */
public final class BundleOption {
    @Option(
            names = "--bundle",
            paramLabel = "NAME|DIR",
            defaultValue = "faces64",
            description = "A bundle of the folder models, or the folder of another one. Default: ${DEFAULT-VALUE}.")
    private String bundle;

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if there is none or it is damaged */
    public ModelBundle find(Program sam) {
        return find(bundle, sam);
    }

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected as above */
    public static ModelBundle find(String nameOrFolder, Program sam) {
        return isFolder(nameOrFolder)
                ? BundleReader.open(Path.of(nameOrFolder))
                : new BundleCatalogue(sam.home().models()).open(nameOrFolder);
    }

    /** Where such a bundle lies, or would lie. */
    public static Path folder(String nameOrFolder, Program sam) {
        return isFolder(nameOrFolder)
                ? Path.of(nameOrFolder)
                : sam.home().models().resolve(nameOrFolder);
    }

    /** The bundle with an engine. @throws org.saminversion.inversion.failure.JobFailure.Rejected as above */
    public OpenBundle open(Program sam) {
        ModelBundle found = find(sam);
        return new OpenBundle(found, SamEngine.open(found.folder()));
    }

    /** The same with choices for the engine. */
    public OpenBundle open(Program sam, EngineOption engine) {
        ModelBundle found = find(sam);
        return new OpenBundle(found, SamEngine.open(found, engine.options(sam.console())));
    }

    /** Written as a path, or a bundle lies there. */
    private static boolean isFolder(String bundle) {
        try {
            return bundle.contains("/") || bundle.contains("\\") || Files.exists(Path.of(bundle, "bundle.yaml"));
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }
}
