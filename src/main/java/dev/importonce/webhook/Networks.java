package dev.importonce.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses that everybody may connect to from those of this machine, its networks and their infrastructure: IANA's
 * registries of special-purpose addresses (RFC 6890), whatever is not globally reachable in them. An IPv6 address that
 * contains an IPv4 address is judged by that one, too.
 */
final class Networks {
    private static final List<Block> NOT_PUBLIC = List.of(
            // This network, private, shared (carrier-grade NAT), loopback, link-local, private.
            block(8, 0),
            block(8, 10),
            block(10, 100, 64),
            block(8, 127),
            block(16, 169, 254),
            block(12, 172, 16),
            // Protocol assignments, documentation, 6to4 relays, private, benchmarks, documentation.
            block(24, 192, 0, 0),
            block(24, 192, 0, 2),
            block(24, 192, 88, 99),
            block(16, 192, 168),
            block(15, 198, 18),
            block(24, 198, 51, 100),
            block(24, 203, 0, 113),
            // Multicast, reserved, broadcast.
            block(4, 224),
            block(4, 240));

    /** The only globally routed unicast space of IPv6. */
    private static final Block GLOBAL_UNICAST = block(3, 0x20);

    /** Protocol assignments with Teredo, and documentation, inside of it. */
    private static final List<Block> NOT_PUBLIC_6 =
            List.of(block(23, 0x20, 0x01, 0x00), block(32, 0x20, 0x01, 0x0d, 0xb8), block(20, 0x3f, 0xff));

    private static final Block SIX_TO_FOUR = block(16, 0x20, 0x02);
    private static final Block NAT64 = block(96, 0x00, 0x64, 0xff, 0x9b);

    private Networks() {}

    static boolean isNotPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        // Java turns an IPv4-mapped address into an IPv4 address.
        if (address instanceof Inet4Address) return isNotPublic4(bytes);
        if (NAT64.contains(bytes)) return isNotPublic4(Arrays.copyOfRange(bytes, 12, 16));
        if (SIX_TO_FOUR.contains(bytes)) return isNotPublic4(Arrays.copyOfRange(bytes, 2, 6));
        return !GLOBAL_UNICAST.contains(bytes) || NOT_PUBLIC_6.stream().anyMatch(block -> block.contains(bytes));
    }

    private static boolean isNotPublic4(byte[] bytes) {
        return NOT_PUBLIC.stream().anyMatch(block -> block.contains(bytes));
    }

    /** @param first the first bytes of the addresses of the block; those that are left out are 0 */
    private static Block block(int bits, int... first) {
        byte[] prefix = new byte[16];
        for (int i = 0; i < first.length; i++) prefix[i] = (byte) first[i];
        return new Block(bits, prefix);
    }

    private record Block(int bits, byte[] prefix) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) return false;
            }
            return true;
        }
    }
}
