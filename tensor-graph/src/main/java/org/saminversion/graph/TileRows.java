package org.saminversion.graph;

/**
 * Which pixels the tiles of a band are made of. Images are tables with one row per pixel, [N H W, C]; an image that stands for one
 * of less resolution with {@code block}² times the channels (SpaceToDepth, DepthToSpace) has its pixels taken in that order.
 *
 * @param images N
 * @param height rows of the input, in tiles' terms, that is after SpaceToDepth
 * @param width likewise
 * @param top rows of zeros above the input
 * @param left columns of zeros before it; those behind and below it follow from the output
 */
record TileRows(int images, int height, int width, int top, int left, int outputHeight, int outputWidth) {
    private int tilesDown() {
        return tiles(outputHeight);
    }

    private int tilesAcross() {
        return tiles(outputWidth);
    }

    /** Tiles along an axis with so many outputs. */
    static int tiles(int outputs) {
        return (outputs + Winograd.TILE - 1) / Winograd.TILE;
    }

    /** T, over all images. */
    int tiles() {
        return images * tilesDown() * tilesAcross();
    }

    /** For each of 36 places, T tiles and block² phases the row of the input's pixel; outside of the image the row of zeros. */
    Tensor ofWindows(int block) {
        int[] rows = new int[Winograd.PLACES * tiles() * block * block];
        int zeros = images * height * width * block * block;
        int next = 0;
        for (int place = 0; place < Winograd.PLACES; place++) {
            for (int tile = 0; tile < tiles(); tile++) {
                int image = tile / (tilesDown() * tilesAcross());
                int y = tile / tilesAcross() % tilesDown() * Winograd.TILE + place / Winograd.WINDOW - top;
                int x = tile % tilesAcross() * Winograd.TILE + place % Winograd.WINDOW - left;
                boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                for (int phase = 0; phase < block * block; phase++) {
                    int row = (image * height + y) * block + phase / block;
                    rows[next++] = inside ? row * width * block + x * block + phase % block : zeros;
                }
            }
        }
        return Tensor.of(Shape.of(rows.length), rows);
    }

    /** For each pixel of the output, spread by DepthToSpace, its row among 16 places, T tiles and block² phases. */
    Tensor ofOutputs(int block) {
        int[] rows = new int[images * outputHeight * outputWidth * block * block];
        int next = 0;
        for (int image = 0; image < images; image++) {
            for (int y = 0; y < outputHeight * block; y++) {
                for (int x = 0; x < outputWidth * block; x++) {
                    int down = y / block;
                    int across = x / block;
                    int place = down % Winograd.TILE * Winograd.TILE + across % Winograd.TILE;
                    int tile = (image * tilesDown() + down / Winograd.TILE) * tilesAcross() + across / Winograd.TILE;
                    rows[next++] = (place * tiles() + tile) * block * block + y % block * block + x % block;
                }
            }
        }
        return Tensor.of(Shape.of(rows.length), rows);
    }
}
