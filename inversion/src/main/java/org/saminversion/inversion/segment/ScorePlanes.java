package org.saminversion.inversion.segment;

/**
 * Scores of labels on a grid, read between its points by bilinear interpolation.
 *
 * @param values [labels*height*width]
 */
record ScorePlanes(float[] values, int labels, int width, int height) {
    /** The label of the highest score; the lower label if two are equal. Places outside the grid take its border. */
    int bestAt(double x, double y) {
        double insideX = Math.max(0, Math.min(width - 1, x));
        double insideY = Math.max(0, Math.min(height - 1, y));
        int left = (int) insideX;
        int top = (int) insideY;
        int right = Math.min(width - 1, left + 1);
        int bottom = Math.min(height - 1, top + 1);
        double partX = insideX - left;
        double partY = insideY - top;
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < labels; label++) {
            double above = (1 - partX) * at(label, left, top) + partX * at(label, right, top);
            double below = (1 - partX) * at(label, left, bottom) + partX * at(label, right, bottom);
            double score = (1 - partY) * above + partY * below;
            if (score > bestScore) {
                best = label;
                bestScore = score;
            }
        }
        return best;
    }

    private float at(int label, int x, int y) {
        return values[(label * height + y) * width + x];
    }
}
