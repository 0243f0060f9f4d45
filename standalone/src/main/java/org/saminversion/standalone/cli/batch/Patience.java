package org.saminversion.standalone.cli.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks again while a service does not answer, such as while it is started anew. */
public record Patience(int triesMax, Duration pause) {
    /** A minute: longer than a service takes to start. */
    public static final Patience ONE_MINUTE = new Patience(30, Duration.ofSeconds(2));

    /** Something that can be asked again without doing harm. */
    @FunctionalInterface
    interface Request<T> {
        T send() throws IOException, InterruptedException;
    }

    /** @throws IOException the last trouble, when all tries met some */
    <T> T ask(Request<T> request) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int tries = 1; ; tries++) {
            try {
                return request.send();
            } catch (IOException e) {
                if (tries == triesMax) {
                    throw e;
                }
                never.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
