package org.saminversion.bench.comparison;

import java.nio.file.Path;
import java.util.Optional;
import org.saminversion.bench.KeptResult;

/** Results per picture on disk, so that a long comparison goes on where it was stopped. */
final class MeasurementStore {
    private final Path folder;

    MeasurementStore(Path folder) {
        this.folder = folder;
    }

    Path file(Variant variant, Picture picture, String ending) {
        return folder.resolve(variant.name()).resolve(picture.key() + ending);
    }

    /** The earlier result, if it was made in the same way. @param fingerprint everything that decided the result */
    Optional<Measurement> find(Variant variant, Picture picture, String fingerprint) {
        return kept(variant, picture).read(fingerprint);
    }

    void keep(Variant variant, Picture picture, String fingerprint, Measurement measurement) {
        kept(variant, picture).write(fingerprint, measurement);
    }

    private KeptResult<Measurement> kept(Variant variant, Picture picture) {
        return new KeptResult<>(file(variant, picture, ".json"), Measurement.class);
    }
}
