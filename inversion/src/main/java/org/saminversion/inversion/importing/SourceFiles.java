package org.saminversion.inversion.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.CheckpointReader;
import org.saminversion.inversion.failure.JobFailure;

/** The files of an import by what is in them. */
record SourceFiles(List<Source> sources) {
    /** The kind of refusals that tell which files to give instead. */
    static final String REFUSED = "import-refused";

    record Source(Path path, Checkpoint checkpoint) {
        JobFailure.Rejected refused(String why) {
            return new JobFailure.Rejected(REFUSED, path + ": " + why);
        }
    }

    /** A checkpoint of one type and where it came from. */
    record Of<C extends Checkpoint>(Source source, C checkpoint) {}

    /** @throws JobFailure.Rejected if a file cannot be read, or a bundle has no place for what is in it */
    static SourceFiles read(List<Path> paths) {
        List<Source> sources = paths.stream()
                .map(path -> new Source(path, CheckpointReader.read(path)))
                .toList();
        for (Source source : sources) {
            if (source.checkpoint() instanceof Checkpoint.StyleComponents) {
                throw source.refused("it holds principal components: add them to a bundle with sam directions add");
            }
            if (source.checkpoint() instanceof Checkpoint.Other
                    || source.checkpoint() instanceof Checkpoint.Inversion) {
                throw source.refused("a bundle has no place for it: "
                        + source.checkpoint().description()
                        + ". Vectors of edit directions are added with sam directions add");
            }
        }
        return new SourceFiles(sources);
    }

    /** All of one type, in the order that they were named in. */
    <C extends Checkpoint> List<Of<C>> all(Class<C> type) {
        return sources.stream()
                .filter(source -> type.isInstance(source.checkpoint()))
                .map(source -> new Of<>(source, type.cast(source.checkpoint())))
                .toList();
    }

    /** @throws JobFailure.Rejected if there are two */
    <C extends Checkpoint> Optional<Of<C>> only(Class<C> type) {
        return only(all(type));
    }

    /** @throws JobFailure.Rejected if there are two */
    static <C extends Checkpoint> Optional<Of<C>> only(List<Of<C>> found) {
        if (found.size() > 1) {
            throw found.get(1)
                    .source()
                    .refused("it is a " + found.get(1).checkpoint().description() + ", and so is "
                            + found.get(0).source().path() + ": name one of them");
        }
        return found.stream().findFirst();
    }

    /** The names of the files, for the bundle's provenance. */
    String names() {
        return sources.stream()
                .map(source -> String.valueOf(source.path().getFileName()))
                .collect(Collectors.joining(", "));
    }
}
