package org.saminversion.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A convolution's output in bands of tile rows. What lies between its input and its output is several times as large as both; band
 * by band it stays in the processor's cache, and takes little memory.
 *
 * @param images N
 * @param height of the input
 * @param width of the input
 * @param padding zeros around the input, at most two
 * @param in input channels
 * @param out output channels
 */
record WinogradBands(int images, int height, int width, int padding, int in, int out) {
    /** What a band's windows may take: several such values and the transformed kernel share a cache. */
    private static final int WINDOW_BYTES = 4 << 20;

    /** One band. @param firstInput the first of the input's rows that it needs @param tiles where its tiles lie among them */
    record Band(int firstInput, TileRows tiles) {}

    int outputHeight() {
        return height + 2 * padding - Winograd.KERNEL + 1;
    }

    private int outputWidth() {
        return width + 2 * padding - Winograd.KERNEL + 1;
    }

    int tiles() {
        return images * TileRows.tiles(outputHeight()) * TileRows.tiles(outputWidth());
    }

    List<Band> bands() {
        int tilesDown = TileRows.tiles(outputHeight());
        int most = tilesDownMax();
        int count = (tilesDown + most - 1) / most;
        int down = (tilesDown + count - 1) / count;
        List<Band> bands = new ArrayList<>();
        for (int tile = 0; tile < tilesDown; tile += down) {
            int start = tile * Winograd.TILE;
            int end = Math.min(outputHeight(), start + down * Winograd.TILE);
            int first = Math.max(0, start - padding);
            int last = Math.min(height, end + Winograd.KERNEL - 1 - padding);
            bands.add(new Band(
                    first,
                    new TileRows(
                            images,
                            last - first,
                            width,
                            first - start + padding,
                            padding,
                            end - start,
                            outputWidth())));
        }
        return bands;
    }

    /** Each band reads the transformed kernel once, which must not take longer than reading the band itself. */
    private int tilesDownMax() {
        int ofCache = WINDOW_BYTES / (Float.BYTES * Winograd.PLACES * Math.max(in, out));
        int ofKernel = 2 * in * out / (in + out);
        return Math.max(1, Math.max(ofCache, ofKernel) / (images * TileRows.tiles(outputWidth())));
    }
}
