package org.saminversion.standalone.serve;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.CompletableFuture;

/** Runs until Quarkus is asked to exit, and tells the starting thread that everything is up. */
public final class ServiceApplication implements QuarkusApplication {
    /** One Quarkus application runs per process, so one signal is enough. */
    private static final CompletableFuture<Void> UP = new CompletableFuture<>();

    static CompletableFuture<Void> up() {
        return UP;
    }

    @Override
    public int run(String... arguments) {
        UP.complete(null);
        Quarkus.waitForExit();
        return 0;
    }
}
