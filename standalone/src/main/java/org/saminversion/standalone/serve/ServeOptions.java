package org.saminversion.standalone.serve;

import java.nio.file.Path;

/**
 * @param data folder that keeps jobs, results and queues between runs; created if missing
 * @param httpPort port on 127.0.0.1; 0 takes a free one
 * @param bundles folder whose sub-folders are model bundles
 */
public record ServeOptions(Path data, int httpPort, Path bundles) {
    public ServeOptions {
        if (httpPort < 0 || httpPort > 65_535) {
            throw new IllegalArgumentException("the port must be from 0 to 65535, not " + httpPort);
        }
    }
}
