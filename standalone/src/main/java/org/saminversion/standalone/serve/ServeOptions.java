package org.saminversion.standalone.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * @param data folder that keeps jobs, results and queues between runs; created if missing
 * @param host the address to listen on
 * @param httpPort 0 takes a free one
 * @param keysRequired whether every request needs an API key; true unless the host is a loopback address
 * @param bundles folder whose sub-folders are model bundles
 */
public record ServeOptions(Path data, String host, int httpPort, boolean keysRequired, Path bundles) {
    static final String LOOPBACK = "127.0.0.1";

    public ServeOptions {
        if (httpPort < 0 || httpPort > 65_535) {
            throw new IllegalArgumentException("the port must be from 0 to 65535, not " + httpPort);
        }
        if (!keysRequired && !isLoopback(host)) {
            throw new IllegalArgumentException(host
                    + " can be reached from other machines, so that keys are needed: add --keys, and make one with"
                    + " ./sam keys create");
        }
    }

    /** For this machine only, and without keys. */
    public static ServeOptions onLoopback(Path data, int httpPort, Path bundles) {
        return new ServeOptions(data, LOOPBACK, httpPort, false, bundles);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("there is no address " + host, e);
        }
    }
}
