package org.saminversion.inversion.direction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleFolder;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LayerRange;

class DirectionFileTest {
    private static final LayerRange MIDDLE = new LayerRange(1, 3);

    @TempDir
    Path folder;

    @Test
    void oneVectorIsRepeatedForTheLayersOfTheRange() {
        Tensor expected = Tensor.of(Shape.of(1, 4, 2), 0f, 0, 5, 6, 5, 6, 0, 0);
        for (Shape shape : List.of(Shape.of(2), Shape.of(1, 2), Shape.of(1, 1, 2))) {
            assertEquals(expected, DirectionFile.expand(Tensor.of(shape, 5f, 6), 4, 2, MIDDLE));
        }
    }

    @Test
    void oneVectorPerLayerIsKeptWithinTheRange() {
        Tensor expected = Tensor.of(Shape.of(1, 4, 2), 0f, 0, 3, 4, 5, 6, 0, 0);
        for (Shape shape : List.of(Shape.of(4, 2), Shape.of(1, 4, 2))) {
            assertEquals(expected, DirectionFile.expand(Tensor.of(shape, 1f, 2, 3, 4, 5, 6, 7, 8), 4, 2, MIDDLE));
        }
    }

    @Test
    void npyAndSafetensorsAreRead() {
        Tensor vector = Tensor.of(Shape.of(1, 2), 5.0, 6.0);
        NpyFile.write(folder.resolve("a.npy"), vector);
        SafetensorsFile.of(Map.of("direction", vector), Map.of()).write(folder.resolve("a.safetensors"));
        Tensor expected = Tensor.of(Shape.of(1, 2, 2), 5f, 6, 5, 6);
        LayerRange all = LayerRange.all(2);
        assertEquals(expected, DirectionFile.read(folder.resolve("a.npy"), "", 2, 2, all));
        assertEquals(expected, DirectionFile.read(folder.resolve("a.safetensors"), "direction", 2, 2, all));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (Shape shape :
                List.of(Shape.of(3), Shape.of(3, 2), Shape.of(2, 4, 2), Shape.of(1, 1, 4, 2), Shape.SCALAR)) {
            assertTrue(assertThrows(
                            IllegalArgumentException.class,
                            () -> DirectionFile.expand(Tensor.zeros(shape), 4, 2, MIDDLE))
                    .getMessage()
                    .contains("[2] or [1,4,2]"));
        }
        Tensor notANumber = Tensor.of(Shape.of(2), 1, Float.NaN);
        assertThrows(IllegalArgumentException.class, () -> DirectionFile.expand(notANumber, 4, 2, MIDDLE));
        Tensor integers = Tensor.of(Shape.of(2), 1, 2);
        assertThrows(IllegalArgumentException.class, () -> DirectionFile.expand(integers, 4, 2, MIDDLE));
        Tensor fine = Tensor.zeros(Shape.of(2));
        assertThrows(IllegalArgumentException.class, () -> DirectionFile.expand(fine, 4, 2, new LayerRange(1, 5)));
    }

    @Test
    void theFileIsNamed() {
        NpyFile.write(folder.resolve("a.npy"), Tensor.zeros(Shape.of(7)));
        JobFailure.Rejected failure = assertThrows(
                JobFailure.Rejected.class, () -> DirectionFile.read(folder.resolve("a.npy"), "", 4, 2, MIDDLE));
        assertEquals("direction-invalid", failure.kind());
        assertTrue(failure.getMessage().contains("a.npy"), failure.getMessage());
    }

    @Test
    void rangesAreHalfOpenAndNotEmpty() {
        assertTrue(MIDDLE.contains(1) && MIDDLE.contains(2));
        assertTrue(!MIDDLE.contains(0) && !MIDDLE.contains(3));
        assertThrows(IllegalArgumentException.class, () -> new LayerRange(2, 2));
        assertThrows(IllegalArgumentException.class, () -> new LayerRange(-1, 2));
    }

    @Test
    void aBundleLoadsItsDirections() {
        BundleDirections directions = new BundleDirections(BundleReader.open(BundleFolder.create(folder, "tiny")));
        assertEquals(List.of("tall"), directions.names());
        EditDirection tall = directions.load("tall");
        assertEquals(-3, tall.usefulFrom());
        assertEquals(Shape.of(1, 6, 4), tall.offsets().shape());
        assertEquals(0f, tall.offsets().toFloats()[0]);
        assertEquals(1f, tall.offsets().toFloats()[4]);
    }

    @Test
    void anUnknownDirectionListsTheKnownOnes() {
        BundleDirections directions = new BundleDirections(BundleReader.open(BundleFolder.create(folder, "tiny")));
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> directions.load("small"));
        assertEquals("direction-unknown", failure.kind());
        assertTrue(failure.getMessage().contains("it has tall"), failure.getMessage());
    }
}
