package org.saminversion.inversion.image;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** The screen of a GIF file, of which the first frame may fill only a part. */
final class GifScreen {
    private static final int WIDTH_OFFSET = 6;
    private static final int HEIGHT_OFFSET = 8;

    private GifScreen() {}

    /** The frame at its place on the screen; what it leaves free is transparent. */
    static BufferedImage place(BufferedImage frame, byte[] file, ImageReader reader, PixelLimit limit)
            throws IOException {
        IIOMetadata metadata = reader.getImageMetadata(0);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
        IIOMetadataNode descriptor =
                (IIOMetadataNode) root.getElementsByTagName("ImageDescriptor").item(0);
        int left = Integer.parseInt(descriptor.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(descriptor.getAttribute("imageTopPosition"));
        int width = Math.max(unsignedShort(file, WIDTH_OFFSET), left + frame.getWidth());
        int height = Math.max(unsignedShort(file, HEIGHT_OFFSET), top + frame.getHeight());
        if (width == frame.getWidth() && height == frame.getHeight()) {
            return frame;
        }
        limit.check(width, height);
        BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = screen.createGraphics();
        graphics.drawImage(frame, left, top, null);
        graphics.dispose();
        return screen;
    }

    private static int unsignedShort(byte[] file, int offset) {
        return file[offset] & 0xff | (file[offset + 1] & 0xff) << 8;
    }
}
