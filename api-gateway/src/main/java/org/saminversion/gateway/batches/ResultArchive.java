package org.saminversion.gateway.batches;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.JobId;
import org.saminversion.model.batch.ItemResult;

/** Writes the pictures of a batch as a ZIP archive while they are read; its size is known to nobody before the end. */
final class ResultArchive {
    static final String INDEX = "index.ndjson";

    private final ObjectMapper json;
    private final Contents contents;

    /** Where the bytes are. */
    interface Contents {
        Optional<Content> read(JobId job, String artefact);
    }

    ResultArchive(ObjectMapper json, Contents contents) {
        this.json = json;
        this.contents = contents;
    }

    /** @param items walked through twice: for the pictures, and for the index */
    void write(Pages<ItemResult> items, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        items.forEach(item -> writePictures(item, zip));
        zip.putNextEntry(new ZipEntry(INDEX));
        items.forEach(item -> {
            zip.write(json.writeValueAsBytes(ItemView.of(item)));
            zip.write('\n');
        });
        zip.closeEntry();
        zip.finish();
    }

    private void writePictures(ItemResult item, ZipOutputStream zip) throws IOException {
        for (Artefact artefact : item.artefacts()) {
            if (artefact.mediaType().startsWith("image/") && !artefact.name().equals(Artefact.INPUT)) {
                Optional<Content> content = contents.read(item.job().orElseThrow(), artefact.name());
                if (content.isPresent()) {
                    zip.putNextEntry(new ZipEntry(ItemView.folder(item) + "/" + artefact.name()));
                    zip.write(content.get().bytes());
                    zip.closeEntry();
                }
            }
        }
    }
}
