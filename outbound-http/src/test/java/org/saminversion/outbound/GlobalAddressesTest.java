package org.saminversion.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalAddressesTest {
    private static final int TRIALS = 10_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:82a::200e",
                "2001:200::1",
                "::ffff:8.8.8.8"
            })
    void publicAddresses(String address) throws UnknownHostException {
        assertTrue(GlobalAddresses.contain(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesThatAreNotPublic(String address) throws UnknownHostException {
        assertFalse(GlobalAddresses.contain(InetAddress.getByName(address)));
    }

    @Test
    void noDisguiseMakesAnAddressPublic() throws UnknownHostException {
        long seed = 20_261_125;
        Random random = new Random(seed);
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] v4 = new byte[4];
            random.nextBytes(v4);
            boolean isPublic = GlobalAddresses.contain(InetAddress.getByAddress(v4));
            String message = "seed " + seed + ", trial " + trial;
            assertEquals(isPublic, GlobalAddresses.contain(InetAddress.getByAddress(mapped(v4))), message);
            assertFalse(GlobalAddresses.contain(embedded(v4, 12, 0x00, 0x64, 0xff, 0x9b)), message);
            assertFalse(GlobalAddresses.contain(embedded(v4, 2, 0x20, 0x02)), message);
            assertFalse(GlobalAddresses.contain(embedded(v4, 12)), message);
            assertFalse(GlobalAddresses.contain(embedded(v4, 12, 0x20, 0x01, 0x00, 0x00)), message);
        }
    }

    private static byte[] mapped(byte[] v4) {
        byte[] v6 = new byte[16];
        v6[10] = -1;
        v6[11] = -1;
        System.arraycopy(v4, 0, v6, 12, 4);
        return v6;
    }

    private static InetAddress embedded(byte[] v4, int at, int... start) throws UnknownHostException {
        byte[] v6 = new byte[16];
        for (int i = 0; i < start.length; i++) {
            v6[i] = (byte) start[i];
        }
        System.arraycopy(v4, 0, v6, at, 4);
        return Inet6Address.getByAddress("", v6, -1);
    }
}
