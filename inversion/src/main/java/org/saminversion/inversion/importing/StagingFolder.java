package org.saminversion.inversion.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.saminversion.inversion.failure.JobFailure;

/** A folder beside the one that is to be made or extended; what is left in it at the end is deleted. */
record StagingFolder(Path folder) implements AutoCloseable {
    /** @throws JobFailure.Transient if the disk fails */
    static StagingFolder beside(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        try {
            Files.createDirectories(parent);
            return new StagingFolder(Files.createTempDirectory(parent, ".import-"));
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot make a folder in " + parent + ": " + e.getMessage(), e);
        }
    }

    /** Makes this folder the target, which does not exist yet. */
    void become(Path target) {
        try {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot make the folder " + target + ": " + e.getMessage(), e);
        }
    }

    /** Moves every file to the same place in the target, which is there already. */
    void moveFilesInto(Path target) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path place = target.resolve(folder.relativize(file).toString());
                Files.createDirectories(place.getParent());
                Files.move(file, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot write into " + target + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
