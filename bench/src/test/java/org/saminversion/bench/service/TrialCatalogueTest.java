package org.saminversion.bench.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.image.ImageReader;

class TrialCatalogueTest {
    @TempDir
    Path folder;

    @Test
    void everyPictureIsAnotherAndWrongLinesStandAmongTheOthers() throws IOException {
        Path file = folder.resolve("trial.zip");
        new TrialCatalogue(4, 2, 7).write(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String manifest = new String(read(zip, zip.getEntry("manifest.csv")), StandardCharsets.UTF_8);
            assertEquals("""
                    customId,file,method,steps,seed
                    item-0,pictures/000000.png,wplus,20,0
                    item-1,pictures/000001.png,wplus,20,1
                    wrong-0,missing.png,wplus,20,0
                    item-2,pictures/000002.png,wplus,20,2
                    item-3,pictures/000003.png,wplus,20,3
                    wrong-1,missing.png,wplus,20,0
                    """, manifest);
            Set<Integer> contents = new HashSet<>();
            for (int item = 0; item < 4; item++) {
                byte[] picture = read(zip, zip.getEntry("pictures/00000" + item + ".png"));
                assertEquals(64, ImageReader.read(picture).width());
                contents.add(Arrays.hashCode(picture));
            }
            assertEquals(4, contents.size());
        }
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        return zip.getInputStream(entry).readAllBytes();
    }
}
