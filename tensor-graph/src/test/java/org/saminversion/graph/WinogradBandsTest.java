package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WinogradBandsTest {
    @Test
    void bandsFollowEachOtherAndShareTheRowsThatBothNeed() {
        List<WinogradBands.Band> bands = new WinogradBands(1, 256, 256, 1, 128, 128).bands();
        assertEquals(
                List.of(0, 11, 23),
                bands.subList(0, 3).stream().map(WinogradBands.Band::firstInput).toList());
        assertEquals(new TileRows(1, 13, 256, 1, 1, 12, 256), bands.get(0).tiles());
        assertEquals(new TileRows(1, 14, 256, 0, 1, 12, 256), bands.get(1).tiles());
        assertEquals(22, bands.size());
    }

    @Test
    void aKernelThatIsLargerThanTheImageIsReadOnce() {
        assertEquals(1, new WinogradBands(1, 64, 64, 1, 512, 512).bands().size());
    }

    @Test
    void everyOutputIsInOneBand() {
        Seeded.forAll(200, random -> {
            WinogradBands all = new WinogradBands(
                    1 + random.nextInt(3),
                    3 + random.nextInt(300),
                    3 + random.nextInt(300),
                    random.nextInt(3),
                    16 + random.nextInt(600),
                    16 + random.nextInt(600));
            int next = 0;
            int tiles = 0;
            for (WinogradBands.Band band : all.bands()) {
                TileRows rows = band.tiles();
                assertEquals(next - all.padding() + rows.top(), band.firstInput());
                assertTrue(band.firstInput() >= 0 && band.firstInput() + rows.height() <= all.height());
                next += rows.outputHeight();
                tiles += rows.tiles();
            }
            assertEquals(all.outputHeight(), next);
            assertEquals(all.tiles(), tiles);
        });
    }
}
