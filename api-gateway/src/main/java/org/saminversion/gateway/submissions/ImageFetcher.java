package org.saminversion.gateway.submissions;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.outbound.OutboundFailure;
import org.saminversion.outbound.OutboundHttp;

/** Fetches pictures that callers name by URL. Blocks; what the bytes are is for others to find out by their content. */
@ApplicationScoped
public class ImageFetcher {
    /** Each may take as many bytes as a picture may have. */
    private static final int FETCHES_AT_ONCE = 8;

    private static final long WAIT_SECONDS_MAX = 5;

    private final OutboundHttp http;
    private final Semaphore fetches = new Semaphore(FETCHES_AT_ONCE);

    ImageFetcher(OutboundHttp http) {
        this.http = http;
    }

    /**
     * @throws JobFailure.Rejected of kind {@code image-url-refused}, {@code image-url-failed} or {@code image-too-large}
     * @throws JobFailure.Transient if there was no answer, or it may be another one later
     */
    public byte[] fetch(String url) {
        try {
            if (!fetches.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new JobFailure.Transient("Too many pictures are being fetched at the moment; try again.", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure.Transient("The service is stopping; try again.", e);
        }
        try {
            return http.get(http.check(url), ImageReader.FILE_BYTES_MAX);
        } catch (OutboundFailure.Refused e) {
            throw new JobFailure.Rejected("image-url-refused", e.getMessage(), e);
        } catch (OutboundFailure.TooLarge e) {
            throw new JobFailure.Rejected("image-too-large", e.getMessage(), e);
        } catch (OutboundFailure.BadAnswer e) {
            if (e.status() == 429 || e.status() >= 500) {
                throw new JobFailure.Transient(e.getMessage(), e);
            }
            throw new JobFailure.Rejected("image-url-failed", e.getMessage(), e);
        } catch (OutboundFailure.Unreachable e) {
            throw new JobFailure.Transient(e.getMessage(), e);
        } finally {
            fetches.release();
        }
    }
}
