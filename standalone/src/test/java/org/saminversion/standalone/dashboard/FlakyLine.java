package org.saminversion.standalone.dashboard;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to the gateway that can be cut: to a browser the same as a gateway that ends, and starts again without any memory. */
final class FlakyLine implements Closeable {
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private int port;
    private ServerSocket server;

    /** @param target port of the gateway */
    FlakyLine(int target) throws IOException {
        this.target = target;
        restore();
    }

    /** Address of the gateway over this line. */
    String root() {
        return "http://127.0.0.1:" + port;
    }

    /** Ends all connections and takes no new ones. */
    void cut() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** Takes connections again, at the same address. */
    void restore() throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = server.getLocalPort();
        ServerSocket open = server;
        new Thread(() -> accept(open), "flaky-line").start();
    }

    private void accept(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket browser = open.accept();
                Socket gateway = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(browser);
                sockets.add(gateway);
                new Thread(() -> copy(browser, gateway), "flaky-line-up").start();
                new Thread(() -> copy(gateway, browser), "flaky-line-down").start();
            } catch (IOException e) {
                // Cut.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Cut, or one side is done.
        }
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
