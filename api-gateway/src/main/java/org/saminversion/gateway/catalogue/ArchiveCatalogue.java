package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.saminversion.gateway.catalogue.CatalogueLine.Enclosed;
import org.saminversion.gateway.catalogue.CatalogueLine.Row;
import org.saminversion.gateway.catalogue.CatalogueLine.Wrong;
import org.saminversion.inversion.failure.JobFailure;

/** An archive: every file is an item, unless a {@code manifest.csv} or {@code manifest.jsonl} at its top says which are. */
final class ArchiveCatalogue implements Catalogue {
    private static final String CSV = "manifest.csv";
    private static final String JSON_LINES = "manifest.jsonl";

    private final Archive archive;
    private final Catalogue lines;

    ArchiveCatalogue(Archive archive, ObjectMapper json) throws IOException {
        this.archive = archive;
        List<ZipArchiveEntry> files = archive.files();
        List<ZipArchiveEntry> manifests = files.stream()
                .filter(file -> file.getName().equals(CSV) || file.getName().equals(JSON_LINES))
                .toList();
        if (manifests.size() > 1) {
            throw new JobFailure.Rejected("archive-unreadable", "The archive has more than one manifest.");
        }
        this.lines = manifests.isEmpty() ? new EveryFile(files.iterator()) : manifest(manifests.get(0), json);
    }

    private Catalogue manifest(ZipArchiveEntry file, ObjectMapper json) throws IOException {
        return new Manifest(
                new BufferedInputStream(archive.stream(file)),
                file.getName().equals(CSV) ? new CsvFormat(json) : new JsonLineFormat(json),
                name -> archive.read(archive.find(name)));
    }

    @Override
    public Optional<CatalogueLine> next() {
        try {
            return lines.next();
        } catch (IOException e) {
            throw new JobFailure.Rejected(
                    "archive-unreadable",
                    "The manifest in the archive cannot be unpacked: " + e.getMessage() + ". Pack it anew.",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    private final class EveryFile implements Catalogue {
        private final Iterator<ZipArchiveEntry> files;
        private long number;

        EveryFile(Iterator<ZipArchiveEntry> files) {
            this.files = files;
        }

        @Override
        public Optional<CatalogueLine> next() throws IOException {
            if (!files.hasNext()) {
                return Optional.empty();
            }
            ZipArchiveEntry file = files.next();
            number++;
            Optional<String> customId = Optional.empty();
            try {
                Archive.requireSafe(file.getName());
                customId = Optional.of(CustomIds.check(file.getName()));
                return Optional.of(new Row(
                        number,
                        file.getName(),
                        new Enclosed(archive.read(file)),
                        JsonNodeFactory.instance.objectNode()));
            } catch (JobFailure.Rejected e) {
                return Optional.of(new Wrong(number, customId, e));
            }
        }
    }
}
