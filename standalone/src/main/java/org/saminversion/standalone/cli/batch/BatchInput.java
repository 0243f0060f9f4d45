package org.saminversion.standalone.cli.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Sha256;

/**
 * A catalogue as the user has it.
 *
 * @param format in the service's words
 */
record BatchInput(Path path, String format) {
    /** A fixed date, so that the same folder gives the same bytes, and an upload can go on with an archive packed anew. */
    private static final long PACKED_AT_MS = 1_700_000_000_000L;

    private static final String PACKED = ".upload.zip";

    /** @throws JobFailure.Rejected if it is none */
    static BatchInput of(Path path) {
        if (Files.isDirectory(path)) {
            return new BatchInput(path, "zip");
        }
        if (!Files.isRegularFile(path)) {
            throw new JobFailure.Rejected("file-invalid", path + " does not exist: check the path");
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String format = switch (ending) {
            case "zip", "csv", "jsonl" -> ending;
            case "ndjson" -> "jsonl";
            case "txt" -> "urls";
            default ->
                throw new JobFailure.Rejected(
                        "file-invalid",
                        path + " is no catalogue: it must be a folder, or a .zip, .csv, .jsonl or .txt file");
        };
        return new BatchInput(path, format);
    }

    /** The file to send: the input itself, or the folder as an archive in {@code scratch}. */
    Path packed(Path scratch) throws IOException {
        if (!Files.isDirectory(path)) {
            return path;
        }
        Path archive = scratch.resolve(PACKED);
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path each : files()) {
                ZipEntry entry = new ZipEntry(path.relativize(each).toString().replace('\\', '/'));
                entry.setTime(PACKED_AT_MS);
                zip.putNextEntry(entry);
                Files.copy(each, zip);
                zip.closeEntry();
            }
        }
        return archive;
    }

    /** Changes with the names, sizes and times of its files: an upload that began with others must not go on. */
    String fingerprint() throws IOException {
        List<Path> files = Files.isDirectory(path) ? files() : List.of(path);
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(file).append('\t').append(Files.size(file)).append('\t');
            all.append(Files.getLastModifiedTime(file).toMillis()).append('\n');
        }
        return path.toAbsolutePath().normalize() + " "
                + Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new JobFailure.Rejected("file-invalid", path + " holds no files: name a folder of images");
            }
            return files;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
