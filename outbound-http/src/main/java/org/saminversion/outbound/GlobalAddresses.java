package org.saminversion.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public Internet, after IANA's registries of special-purpose addresses (RFC 6890).
 *
 * <p>For IPv4 all but the special ranges. For IPv6 only 2000::/3 without its special ranges; that leaves out loopback,
 * link-local, unique local, multicast, IPv4-compatible and NAT64 addresses. Java turns IPv4-mapped addresses into IPv4 by
 * itself. Forms that hide an IPv4 address (NAT64, 6to4, Teredo) are never public here, whatever they hide.
 */
final class GlobalAddresses {
    private static final List<Prefix> SPECIAL_V4 = prefixes(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT; also a metadata service
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's host, reachable from every machine there
            "169.254.0.0/16", // link-local; metadata services
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; also a metadata service
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    private static final Prefix UNICAST_V6 = Prefix.of("2000::/3");

    private static final List<Prefix> SPECIAL_V6 = prefixes(
            "2001::/23", // protocol assignments: Teredo, ORCHID, benchmarks
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    private GlobalAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean candidate = bytes.length == 4 || UNICAST_V6.contains(bytes);
        return candidate
                && Stream.concat(SPECIAL_V4.stream(), SPECIAL_V6.stream()).noneMatch(each -> each.contains(bytes));
    }

    private static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(Prefix::of).toList();
    }
}
