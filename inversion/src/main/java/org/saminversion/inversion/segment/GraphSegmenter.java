package org.saminversion.inversion.segment;

import boofcv.abst.segmentation.ImageSuperpixels;
import boofcv.alg.filter.blur.GBlurImageOps;
import boofcv.factory.segmentation.ConfigFh04;
import boofcv.factory.segmentation.FactoryImageSegmentation;
import boofcv.struct.ConnectRule;
import boofcv.struct.image.GrayF32;
import boofcv.struct.image.GrayS32;
import boofcv.struct.image.ImageType;
import boofcv.struct.image.Planar;
import java.util.Arrays;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.image.RgbImage;

/**
 * Efficient graph-based segmentation (Felzenszwalb and Huttenlocher 2004): neighbouring pixels join while they differ less
 * than the segments that they belong to differ within. Needs no training.
 *
 * <p>The scale is meant for 64 pixels. On larger pictures steps between neighbours are smaller but segments are longer; the
 * scale grows with the square root of the side, which holds the number of segments of a photograph at a few to a few dozen.
 */
public final class GraphSegmenter implements Segmenter {
    private static final double REFERENCE_SIDE = 64;
    /** Exact sorting of the edges: approximate bins would join segments by chance. */
    private static final int EXACT_SORT = 0;

    private final SegmenterDescription.Graph parameters;

    public GraphSegmenter(SegmenterDescription.Graph parameters) {
        this.parameters = parameters;
    }

    @Override
    public int[] segment(RgbImage image) {
        int pixels = image.width() * image.height();
        if (image.width() < 2 || image.height() < 2) {
            return new int[pixels];
        }
        double growth = Math.sqrt(Math.sqrt(pixels) / REFERENCE_SIDE);
        int segmentPixelsMin = (int) Math.max(1, Math.ceil(parameters.segmentShareMin() * pixels));
        ImageSuperpixels<Planar<GrayF32>> algorithm = FactoryImageSegmentation.fh04(
                new ConfigFh04((float) (parameters.scale() * growth), segmentPixelsMin, ConnectRule.EIGHT, EXACT_SORT),
                ImageType.pl(3, GrayF32.class));
        GrayS32 labels = new GrayS32(image.width(), image.height());
        algorithm.segment(blurred(image, parameters.blurSigma()), labels);
        return Arrays.copyOf(labels.data, pixels);
    }

    private static Planar<GrayF32> blurred(RgbImage image, double sigma) {
        Planar<GrayF32> planes = new Planar<>(GrayF32.class, image.width(), image.height(), 3);
        byte[] pixels = image.pixels();
        for (int channel = 0; channel < 3; channel++) {
            float[] plane = planes.getBand(channel).data;
            for (int i = 0; i < plane.length; i++) {
                plane[i] = pixels[3 * i + channel] & 0xff;
            }
        }
        return sigma == 0 ? planes : GBlurImageOps.gaussian(planes, null, sigma, -1, null);
    }
}
