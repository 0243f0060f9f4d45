package org.saminversion.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses, as CIDR writes it: {@code 10.0.0.0/8}. */
record Prefix(byte[] network, int bits) {
    /** @param text an address literal, a slash and the number of leading bits */
    static Prefix of(String text) {
        int slash = text.indexOf('/');
        try {
            // A literal is never looked up.
            byte[] network = InetAddress.getByName(text.substring(0, slash)).getAddress();
            return new Prefix(network, Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is no range of addresses", e);
        }
    }

    /** An address of the other family lies outside. */
    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (address[whole] ^ network[whole]) >> (Byte.SIZE - rest) == 0;
    }
}
