package org.saminversion.inversion.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The decoders of ImageIO, with the two of TwelveMonkeys, behind one call that checks the header first. */
final class Decoder {
    // The registry finds plug-ins through the class loader of whichever thread asks first, which in an application
    // server may not see them. So they are registered by name.
    static {
        IIORegistry.getDefaultInstance().registerServiceProvider(new JPEGImageReaderSpi());
        IIORegistry.getDefaultInstance().registerServiceProvider(new WebPImageReaderSpi());
    }

    private Decoder() {}

    /**
     * The first picture of the file.
     *
     * @throws IOException if the decoder cannot read it
     * @throws RuntimeException of many kinds: decoders throw what they please at damaged files
     */
    static BufferedImage decode(byte[] file, ImageFormat format, PixelLimit limit) throws IOException {
        ImageReader reader = readerFor(format);
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input, true, format != ImageFormat.GIF);
            limit.check(reader.getWidth(0), reader.getHeight(0));
            Warnings warnings = new Warnings();
            reader.addIIOReadWarningListener(warnings);
            BufferedImage image = reader.read(0);
            if (warnings.dataEndedEarly) {
                throw new UnreadableImageException("the data ends before the picture is whole: it is damaged");
            }
            return format == ImageFormat.GIF ? GifScreen.place(image, file, reader, limit) : image;
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader readerFor(ImageFormat format) throws IOException {
        Class<? extends ImageReaderSpi> plugin = switch (format) {
            case JPEG -> JPEGImageReaderSpi.class;
            case WEBP -> WebPImageReaderSpi.class;
            default -> ImageReaderSpi.class;
        };
        if (plugin != ImageReaderSpi.class) {
            return IIORegistry.getDefaultInstance()
                    .getServiceProviderByClass(plugin)
                    .createReaderInstance();
        }
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT));
        return readers.next();
    }

    /** Decoders warn, and fill up with grey, where data ends early. */
    private static final class Warnings implements IIOReadWarningListener {
        private boolean dataEndedEarly;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            String words = warning.toLowerCase(Locale.ROOT);
            dataEndedEarly |= words.contains("premature end") || words.contains("truncated");
        }
    }
}
