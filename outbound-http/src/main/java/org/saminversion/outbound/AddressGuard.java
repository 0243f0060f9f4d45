package org.saminversion.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Sockets that connect to allowed addresses only. The check is made on the address that the connection goes to, so that
 * there is no moment between checking a name and using it.
 */
final class AddressGuard extends SocketFactory {
    private final Predicate<InetAddress> allowed;

    AddressGuard(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    /** The address is not one that callers may reach. */
    static final class ForbiddenAddress extends IOException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddress(InetAddress address) {
            super("the address " + (address == null ? "" : address.getHostAddress()) + " is not public");
        }
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(allowed);
    }

    private static final class GuardedSocket extends Socket {
        private final Predicate<InetAddress> allowed;

        GuardedSocket(Predicate<InetAddress> allowed) {
            this.allowed = allowed;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMs) throws IOException {
            InetAddress address = endpoint instanceof InetSocketAddress inet ? inet.getAddress() : null;
            if (address == null || !allowed.test(address)) {
                throw new ForbiddenAddress(address);
            }
            super.connect(endpoint, timeoutMs);
        }
    }

    // Sockets that connect while they are made would escape the guard; the client does not ask for them.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
