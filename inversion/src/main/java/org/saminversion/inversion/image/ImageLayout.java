package org.saminversion.inversion.image;

/**
 * Where a photograph sits in the generator's square image, and at which size it is compared.
 *
 * <p>A square generator shows its whole image. A car generator makes 512 x 512 pixels of which only the middle 512 x 384 are
 * picture; the photograph is compared at half that size, 256 x 192 (spec baselines.md section 7).
 *
 * @param fit how a photograph of another shape is made to fit
 * @param resolution side of the generator's image in pixels, a power of two
 * @param visibleWidth the part of the generator's image that is picture, in the middle
 * @param visibleHeight likewise
 * @param lossResolution side in pixels of the downsampled image that the losses see; divides the resolution
 */
public record ImageLayout(Fit fit, int resolution, int visibleWidth, int visibleHeight, int lossResolution) {
    private static final int LOSS_RESOLUTION_MAX = 256;

    public ImageLayout {
        if (resolution < 4 || resolution > 4096 || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException(
                    "the resolution of a generator is a power of two from 4 to 4096, not " + resolution);
        }
        if (lossResolution < 1 || resolution % lossResolution != 0) {
            throw new IllegalArgumentException(
                    "the loss resolution " + lossResolution + " does not divide the resolution " + resolution);
        }
        requireCentred("width", visibleWidth, resolution, resolution / lossResolution);
        requireCentred("height", visibleHeight, resolution, resolution / lossResolution);
    }

    private static void requireCentred(String name, int visible, int resolution, int factor) {
        if (visible < 1
                || visible > resolution
                || (resolution - visible) % (2 * factor) != 0
                || visible % factor != 0) {
            throw new IllegalArgumentException(
                    "a visible " + name + " of " + visible + " pixels cannot lie in the middle of " + resolution
                            + " pixels that are reduced " + factor + " times");
        }
    }

    /** The whole image is picture; compared at no more than 256 pixels, as the released code does. */
    public static ImageLayout square(int resolution) {
        return new ImageLayout(
                Fit.CENTRE_CROP, resolution, resolution, resolution, Math.min(resolution, LOSS_RESOLUTION_MAX));
    }

    /** The cars of the paper: 512 x 384 visible of 512, compared at 256 x 192. */
    public static ImageLayout cars() {
        return new ImageLayout(Fit.CENTRE_CROP, 512, 512, 384, LOSS_RESOLUTION_MAX);
    }

    /** The same layout with another way to fit photographs. */
    public ImageLayout withFit(Fit other) {
        return new ImageLayout(other, resolution, visibleWidth, visibleHeight, lossResolution);
    }

    /** Factor between the generator's image and the one that the losses see. */
    public int reduction() {
        return resolution / lossResolution;
    }

    /** First visible row of the generator's image. */
    public int visibleTop() {
        return (resolution - visibleHeight) / 2;
    }

    /** First visible column of the generator's image. */
    public int visibleLeft() {
        return (resolution - visibleWidth) / 2;
    }

    public int targetWidth() {
        return visibleWidth / reduction();
    }

    public int targetHeight() {
        return visibleHeight / reduction();
    }

    /** First row of the target within the square image of the loss resolution. */
    public int targetTop() {
        return visibleTop() / reduction();
    }

    /** First column of the target within the square image of the loss resolution. */
    public int targetLeft() {
        return visibleLeft() / reduction();
    }

    /** Whether every pixel of the generator's image is picture. */
    public boolean isSquare() {
        return visibleWidth == resolution && visibleHeight == resolution;
    }

    /**
     * The photograph as the losses, the segmenter and the metrics see it.
     *
     * @return targetWidth x targetHeight; the very pixels if the photograph has that size already
     */
    public RgbImage target(RgbImage photograph) {
        return fitted(photograph, targetWidth(), targetHeight());
    }

    /** The photograph at the size of the visible part of the generator's image, for showing side by side. */
    public RgbImage fullSize(RgbImage photograph) {
        return fitted(photograph, visibleWidth, visibleHeight);
    }

    private RgbImage fitted(RgbImage photograph, int width, int height) {
        if (photograph.width() == width && photograph.height() == height) {
            return photograph;
        }
        return switch (fit) {
            case CENTRE_CROP -> Resample.lanczos(centreOfShape(photograph, width, height), width, height);
            case LETTER_BOX -> letterBoxed(photograph, width, height);
            case STRETCH -> Resample.lanczos(photograph, width, height);
        };
    }

    /** The visible part of the generator's image. @param generated resolution x resolution */
    public RgbImage visible(RgbImage generated) {
        if (generated.width() != resolution || generated.height() != resolution) {
            throw new IllegalArgumentException("this generator makes " + resolution + " x " + resolution
                    + " pixels, not " + generated.width() + " x " + generated.height());
        }
        return isSquare() ? generated : generated.crop(visibleLeft(), visibleTop(), visibleWidth, visibleHeight);
    }

    /**
     * A rendering as the metrics see it, next to {@link #target}: averaged over blocks and quantised to 8 bits (spec
     * evaluation.md section 1).
     *
     * @param rendering the generator's whole image or its visible part
     * @return targetWidth x targetHeight
     * @throws IllegalArgumentException if it has neither size
     */
    public RgbImage reduced(RgbImage rendering) {
        boolean visibleOnly = rendering.width() == visibleWidth && rendering.height() == visibleHeight;
        RgbImage picture = visibleOnly ? rendering : visible(rendering);
        return reduction() == 1
                ? picture
                : ImageTensors.toImage(Resample.areaMean(ImageTensors.toTensor(picture), reduction()));
    }

    private static RgbImage centreOfShape(RgbImage photograph, int width, int height) {
        long widthOfHeight = Math.max(1, Math.round((double) photograph.height() * width / height));
        int cropWidth = (int) Math.min(photograph.width(), widthOfHeight);
        int cropHeight = widthOfHeight <= photograph.width()
                ? photograph.height()
                : (int) Math.max(1, Math.round((double) photograph.width() * height / width));
        return photograph.crop(
                (photograph.width() - cropWidth) / 2, (photograph.height() - cropHeight) / 2, cropWidth, cropHeight);
    }

    private static RgbImage letterBoxed(RgbImage photograph, int width, int height) {
        double scale = Math.min((double) width / photograph.width(), (double) height / photograph.height());
        int innerWidth = (int) Math.max(1, Math.min(width, Math.round(photograph.width() * scale)));
        int innerHeight = (int) Math.max(1, Math.min(height, Math.round(photograph.height() * scale)));
        RgbImage inner = Resample.lanczos(photograph, innerWidth, innerHeight);
        byte[] out = new byte[3 * width * height];
        int left = (width - innerWidth) / 2;
        int top = (height - innerHeight) / 2;
        for (int y = 0; y < innerHeight; y++) {
            System.arraycopy(inner.pixels(), 3 * y * innerWidth, out, 3 * ((top + y) * width + left), 3 * innerWidth);
        }
        return new RgbImage(width, height, out);
    }
}
