package org.saminversion.standalone.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path parent;

    @Test
    void isMadeAndLockedForOneService() throws Exception {
        Path path = parent.resolve("new/data");
        try (DataFolder folder = DataFolder.open(path)) {
            assertEquals(path.resolve("kafka"), folder.kafka());
            ServeException refused = assertThrows(ServeException.class, () -> DataFolder.open(path));
            assertTrue(refused.getMessage().contains("already running on the data folder " + path));
        }
        DataFolder.open(path).close();
    }

    @Test
    void aFullDiskIsSaidBeforeAnythingStarts() {
        ServeException refused = assertThrows(ServeException.class, () -> DataFolder.open(parent, Long.MAX_VALUE));
        assertTrue(refused.getMessage().contains("MB free"), refused.getMessage());
    }

    @Test
    void aFileInItsPlaceIsNamed() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "not a folder");
        ServeException refused = assertThrows(ServeException.class, () -> DataFolder.open(file));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ServeOptions.onLoopback(parent, 65_536, parent));
    }

    @Test
    void anAddressForOthersNeedsKeys() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new ServeOptions(parent, "0.0.0.0", 0, false, parent));
        assertTrue(refused.getMessage().contains("--keys"), refused.getMessage());
        assertEquals("0.0.0.0", new ServeOptions(parent, "0.0.0.0", 0, true, parent).host());
    }
}
