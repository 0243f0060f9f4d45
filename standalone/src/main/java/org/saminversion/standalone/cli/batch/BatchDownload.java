package org.saminversion.standalone.cli.batch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Fetches what came of a batch into a folder: the results and errors as JSON lines, the pictures in a folder for each item. */
final class BatchDownload {
    static final String RESULTS = "results.ndjson";
    static final String ERRORS = "errors.ndjson";

    private final BatchClient client;
    private final URI batch;
    private final Path folder;

    BatchDownload(BatchClient client, URI batch, Path folder) {
        this.client = client;
        this.batch = batch;
        this.folder = folder;
    }

    void fetch() throws IOException, InterruptedException {
        save("/errors", ERRORS);
        savePictures();
        save("/results", RESULTS);
    }

    private void save(String address, String name) throws IOException, InterruptedException {
        try (InputStream body = client.stream(URI.create(batch + address))) {
            Files.copy(body, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void savePictures() throws IOException, InterruptedException {
        try (ZipInputStream zip = new ZipInputStream(client.stream(URI.create(batch + "/results.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                // The service is not necessarily ours.
                if (!target.startsWith(folder.normalize()) || entry.isDirectory()) {
                    throw new IOException("the service sent a file with a wrong name: " + entry.getName());
                }
                if (entry.getName().contains("/")) {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
